import assert from "node:assert/strict";
import {
  type ListPipelineExecutionStepsCommand,
  type PipelineExecutionStep,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { expectedDurations } from "../../../check/execution/expected-durations.ts";
import type { KnownExecution } from "../../../check/execution/known-executions.ts";

/** A client that returns the steps of each execution and counts its calls. */
class Listing extends SageMakerClient {
  readonly asked: string[] = [];
  readonly #steps: ReadonlyMap<string, PipelineExecutionStep>;

  constructor(steps: Readonly<Record<string, PipelineExecutionStep>>) {
    super({ region: "us-east-1" });
    this.#steps = new Map(Object.entries(steps));
    this.middlewareStack.add(
      () => async (args) => {
        const { PipelineExecutionArn: arn = "" } = args.input as ListPipelineExecutionStepsCommand["input"];
        this.asked.push(arn);
        const step = this.#steps.get(arn);
        if (step === undefined) throw new Error("AWS does not tell");
        return { output: { PipelineExecutionSteps: [step], $metadata: {} }, response: {} };
      },
      { step: "initialize" },
    );
  }
}

const ran = (seconds: number): PipelineExecutionStep => ({
  StepName: "Train",
  StepStatus: "Succeeded",
  StartTime: new Date(0),
  EndTime: new Date(seconds * 1000),
});
const cached: PipelineExecutionStep = { ...ran(0), CacheHitResult: {} };
const succeeded = (...arns: readonly string[]): readonly KnownExecution[] =>
  arns.map((arn) => ({ arn, status: "Succeeded" }));

describe("expectedDurations", () => {
  it("uses the last three executions that ran steps, and skips those served by the step cache", async () => {
    const client = new Listing({ a: cached, b: ran(10), c: cached, d: ran(30), e: ran(20), f: ran(900) });
    const latest = [{ arn: "x", status: "Failed" }, ...succeeded("a", "b", "c", "d", "e", "f")];
    assert.deepEqual([...(await expectedDurations(client, latest))], [["Train", 20_000]]);
    assert.deepEqual(client.asked, ["a", "b", "c", "d", "e"]);
  });

  it("returns no durations if the last ten executions ran no step themselves", async () => {
    const arns = Array.from({ length: 12 }, (_, index) => `e${index}`);
    const client = new Listing(Object.fromEntries(arns.map((arn) => [arn, cached])));
    assert.equal((await expectedDurations(client, succeeded(...arns))).size, 0);
    assert.equal(client.asked.length, 10);
  });

  it("keeps the durations that were read before an error of AWS", async () => {
    const client = new Listing({ a: ran(10) });
    assert.deepEqual([...(await expectedDurations(client, succeeded("a", "gone", "b")))], [["Train", 10_000]]);
    assert.equal((await expectedDurations(client, Promise.reject(new Error("no list")))).size, 0);
  });
});
