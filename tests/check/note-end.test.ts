import assert from "node:assert/strict";
import { SageMakerClient, type UpdatePipelineExecutionCommandInput } from "@aws-sdk/client-sagemaker";
import type { AwsClients } from "../../aws/clients.ts";
import { systemClock } from "../../aws/clock.ts";
import { type ExecutionNote, parseNote } from "../../check/execution/execution-note.ts";
import type { VerdictName } from "../../check/gate/verdict.ts";
import { noteEnd } from "../../check/note-end.ts";

const noted: ExecutionNote = { purpose: "check-stack", identity: "a".repeat(64) };

interface Course {
  /** What the execution has on it before; undefined for one that no command started. */
  readonly note?: ExecutionNote | undefined;
  readonly verdict?: VerdictName;
  readonly thresholds?: Readonly<Record<string, number>>;
  readonly code: number;
}

/** What is noted on an execution after a check of this course: the notes that were written, in their order. */
async function notes({ note, verdict, thresholds, code }: Course): Promise<readonly (ExecutionNote | undefined)[]> {
  const sagemaker = new SageMakerClient({ region: "us-east-1" });
  const written: (ExecutionNote | undefined)[] = [];
  sagemaker.middlewareStack.add(
    () => async (args) => {
      const { PipelineExecutionDescription } = args.input as UpdatePipelineExecutionCommandInput;
      written.push(parseNote(PipelineExecutionDescription));
      return { output: { $metadata: {} }, response: {} };
    },
    { step: "initialize" },
  );
  await noteEnd(
    { sagemaker, clock: systemClock } as AwsClients,
    {
      exitCode: code,
      execution: { arn: "arn:execution", status: "Succeeded", note },
      ...(verdict === undefined ? {} : { judged: { verdict, thresholds } }),
    },
    () => {},
  );
  return written;
}

describe("what a check notes on its execution", () => {
  const judged = { ...noted, verdict: "pass" };
  const cases: readonly (readonly [string, Course, readonly string[]])[] = [
    ["its verdict", { note: noted, verdict: "pass", code: 0 }, ["pass"]],
    ["another verdict in place of an earlier one", { note: judged, verdict: "regression", code: 1 }, ["regression"]],
    ["nothing where the verdict is there", { note: judged, verdict: "pass", code: 0 }, []],
    ["that there is nothing to judge", { note: noted, code: 3 }, ["error"]],
    ["that it cannot be judged", { note: noted, code: 5 }, ["error"]],
    ["no error in place of a verdict", { note: judged, code: 5 }, []],
    ["no failure in place of a verdict", { note: judged, code: 3 }, []],
    ["nothing where the time was up", { note: noted, code: 4 }, []],
    ["nothing where AWS could not be asked", { note: noted, code: 6 }, []],
    ["nothing on what no command started", { verdict: "pass", code: 0 }, []],
    ["the verdict also where something failed after it", { note: noted, verdict: "pass", code: 6 }, ["pass"]],
  ];
  for (const [what, course, verdicts] of cases)
    it(what, async () => {
      const all = await notes(course);
      assert.deepEqual(
        all.map((note) => note?.verdict),
        verdicts,
      );
    });

  it("the thresholds that were given for the verdict, in place of those that it was started with", async () => {
    const started = { ...noted, thresholds: { relativeTolerance: 1 } };
    const given = async (course: Course) => (await notes(course)).map((note) => note?.thresholds);
    assert.deepEqual(await given({ note: started, verdict: "pass", code: 0 }), [undefined]);
    assert.deepEqual(await given({ note: started, verdict: "pass", thresholds: { ceiling: 7 }, code: 0 }), [
      { ceiling: 7 },
    ]);
    const before = { ...started, verdict: "pass" };
    assert.deepEqual(await given({ note: before, verdict: "pass", code: 0 }), [undefined]);
    assert.deepEqual(await given({ note: before, verdict: "pass", thresholds: { relativeTolerance: 1 }, code: 0 }), []);
    assert.deepEqual(await given({ note: started, code: 5 }), [{ relativeTolerance: 1 }]);
  });
});
