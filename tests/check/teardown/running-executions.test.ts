import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { systemClock } from "../../../aws/clock.ts";
import { endExecutions, runningExecutions } from "../../../check/teardown/running-executions.ts";

const arn = (name: string) => `arn:aws:sagemaker:us-east-1:123456789012:pipeline/p/execution/${name}`;
const execution = (name: string, PipelineExecutionStatus: string) => ({
  PipelineExecutionArn: arn(name),
  PipelineExecutionStatus,
});

/** An answer of SageMaker: its members, or the type of an error. */
type Answer = object | string;

describe("the running executions of a stack", () => {
  let server: Server;
  let sagemaker: SageMakerClient;
  /** Records the calls, and answers from lists, whose last answer repeats. */
  let asked: string[];
  let answers: Record<string, Answer[]>;

  before(async () => {
    server = createServer((request, response) => {
      const operation = String(request.headers["x-amz-target"]).replace("SageMaker.", "");
      let body = "";
      request.on("data", (chunk) => (body += chunk));
      request.on("end", () => {
        const { PipelineExecutionArn = "", NextToken = "" } = JSON.parse(body);
        asked.push([operation, PipelineExecutionArn.split("/").at(-1), NextToken].filter(Boolean).join(" "));
        const [answer = {}] =
          (answers[operation]?.length ?? 0) > 1 ? [answers[operation]?.shift()] : (answers[operation] ?? []);
        response.statusCode = typeof answer === "string" ? 400 : 200;
        response.end(JSON.stringify(typeof answer === "string" ? { __type: answer, message: "No." } : answer));
      });
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    sagemaker = new SageMakerClient({
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      region: "us-east-1",
      credentials: { accessKeyId: "a", secretAccessKey: "b" },
    });
  });
  after(() => {
    sagemaker.destroy();
    server.close();
  });
  beforeEach(() => {
    asked = [];
    answers = {};
  });

  const stopped: string[] = [];
  const end = (deadline = Date.now() + 60_000, signal = new AbortController().signal) =>
    endExecutions({
      ...{ sagemaker, clock: systemClock, pipelineNames: ["p"], signal, deadline, interval: 1 },
      onStopping: (of) => stopped.push(of),
    });
  const listed = (...PipelineExecutionSummaries: readonly object[]) => ({ PipelineExecutionSummaries });

  it("are found on every page, without ended executions", async () => {
    answers["ListPipelineExecutions"] = [
      { ...listed(execution("a", "Succeeded"), execution("b", "Executing")), NextToken: "more" },
      listed(
        execution("c", "Stopping"),
        execution("d", "Stopped"),
        execution("e", "Failed"),
        execution("f", "Pondering"),
      ),
    ];
    const running = await runningExecutions(sagemaker, ["p"]);
    assert.deepEqual(
      running.map(({ PipelineExecutionArn }) => PipelineExecutionArn),
      [arn("b"), arn("c"), arn("f")],
    );
    assert.deepEqual(asked, ["ListPipelineExecutions", "ListPipelineExecutions more"]);
  });

  it("skip a pipeline that is gone", async () => {
    answers["ListPipelineExecutions"] = ["ResourceNotFound"];
    assert.deepEqual(await runningExecutions(sagemaker, ["p"]), []);
  });

  it("are stopped again after a conflict, reported once, and stopped even if they start in the meantime", async () => {
    stopped.length = 0;
    answers["ListPipelineExecutions"] = [
      listed(execution("a", "Executing")),
      listed(execution("a", "Executing")),
      listed(execution("a", "Stopping"), execution("b", "Executing")),
      listed(execution("a", "Stopped"), execution("b", "Stopped")),
    ];
    answers["StopPipelineExecution"] = ["ConflictException", {}];
    await end();
    assert.deepEqual(
      asked.filter((each) => each.startsWith("Stop")),
      ["StopPipelineExecution a", "StopPipelineExecution a", "StopPipelineExecution b"],
    );
    assert.deepEqual(stopped, [arn("a"), arn("b")]);
  });

  it("name the missing permission", async () => {
    answers["ListPipelineExecutions"] = [listed(execution("a", "Executing"))];
    answers["StopPipelineExecution"] = ["AccessDeniedException"];
    await assert.rejects(end(), { code: 6, message: /\(sagemaker:StopPipelineExecution\): access denied: No\. Allow/ });
    answers["ListPipelineExecutions"] = ["AccessDeniedException"];
    await assert.rejects(end(), {
      code: 6,
      message: /\(sagemaker:ListPipelineExecutions\): access denied: No\. Allow/,
    });
  });

  it("are awaited only until the deadline or an interruption", async () => {
    answers["ListPipelineExecutions"] = [listed(execution("a", "Stopping"))];
    await assert.rejects(end(0), {
      code: 4,
      message: `These executions did not stop in time: ${arn("a")}. Run this again to continue waiting.`,
    });
    asked = [];
    await assert.rejects(end(Number.POSITIVE_INFINITY, AbortSignal.abort(new Error("interrupted"))), /interrupted/);
    assert.deepEqual(asked, []);
  });
});
