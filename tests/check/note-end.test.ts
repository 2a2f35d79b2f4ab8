import assert from "node:assert/strict";
import { SageMakerClient, type UpdatePipelineExecutionCommandInput } from "@aws-sdk/client-sagemaker";
import type { AwsClients } from "../../aws/clients.ts";
import { systemClock } from "../../aws/clock.ts";
import { type ExecutionNote, parseNote } from "../../check/execution/execution-note.ts";
import type { VerdictName } from "../../check/gate/verdict.ts";
import { noteEnd } from "../../check/note-end.ts";

const noted: ExecutionNote = { purpose: "check-stack", identity: "a".repeat(64) };

interface Course {
  /** The note of the execution before the check; undefined if no command started it. */
  readonly note?: ExecutionNote | undefined;
  readonly verdict?: VerdictName;
  readonly thresholds?: Readonly<Record<string, number>>;
  readonly code: number;
}

/** Returns the notes that a check with this result writes, in order. */
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

describe("noteEnd", () => {
  const judged = { ...noted, verdict: "pass" };
  const cases: readonly (readonly [string, Course, readonly string[]])[] = [
    ["writes the verdict", { note: noted, verdict: "pass", code: 0 }, ["pass"]],
    ["replaces an earlier verdict", { note: judged, verdict: "regression", code: 1 }, ["regression"]],
    ["writes nothing if the same verdict is already noted", { note: judged, verdict: "pass", code: 0 }, []],
    ["writes an error if the execution failed", { note: noted, code: 3 }, ["error"]],
    ["writes an error if the evaluation is unreadable", { note: noted, code: 5 }, ["error"]],
    ["does not replace a verdict by an unreadable evaluation", { note: judged, code: 5 }, []],
    ["does not replace a verdict by a failed execution", { note: judged, code: 3 }, []],
    ["writes nothing at the deadline", { note: noted, code: 4 }, []],
    ["writes nothing if an AWS call failed", { note: noted, code: 6 }, []],
    ["writes nothing on an execution that no command started", { verdict: "pass", code: 0 }, []],
    ["writes the verdict even if a later call failed", { note: noted, verdict: "pass", code: 6 }, ["pass"]],
  ];
  for (const [what, course, verdicts] of cases)
    it(what, async () => {
      const all = await notes(course);
      assert.deepEqual(
        all.map((note) => note?.verdict),
        verdicts,
      );
    });

  it("replaces the thresholds of the start by those of the verdict", async () => {
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
