import assert from "node:assert/strict";
import { chooseAmong, othersText } from "../../../check/execution/choose-execution.ts";
import type { KnownExecution } from "../../../check/execution/known-executions.ts";
import { ExitError } from "../../../exit-code.ts";
import { cutOff } from "../../../local/engine/outcome.ts";

const digest = "a".repeat(64);

function known(arn: string, status: string, verdict?: string, identity = digest): KnownExecution {
  return { arn, status, note: { purpose: "check-stack", identity, verdict } };
}

type Row = readonly [string, readonly KnownExecution[], string | undefined, string, string | undefined];

/** The existing executions (newest first), the CI run, the expected decision, and the expected execution. */
const own: readonly Row[] = [
  ["there is no execution", [], undefined, "start", undefined],
  ["the execution is running", [known("1", "Executing")], undefined, "attach", "1"],
  ["the execution has an unknown status", [known("1", "Pondering")], undefined, "attach", "1"],
  ["the execution succeeded without a verdict", [known("1", "Succeeded")], undefined, "attach", "1"],
  ["the execution failed without a verdict", [known("1", "Failed")], undefined, "attach", "1"],
  ["the execution has a verdict", [known("1", "Succeeded", "pass")], undefined, "start", "1"],
  ["the execution has a verdict in this CI run", [known("1", "Succeeded", "pass")], "7/1", "attach", "1"],
  ["the execution's failure was reported", [known("1", "Failed", "error")], undefined, "start", "1"],
  [
    "the execution was retried after its verdict and is running",
    [known("1", "Executing", "error")],
    undefined,
    "attach",
    "1",
  ],
  ["the execution was stopped", [known("1", "Stopped")], undefined, "start", "1"],
  ["the execution was stopped in this CI run", [known("1", "Stopped")], "7/1", "start", "1"],
  ["the execution is being stopped", [known("1", "Stopping")], undefined, "start", "1"],
  [
    "the execution ended because the local endpoint was killed",
    [{ ...known("1", "Failed"), failureReason: cutOff }],
    undefined,
    "start",
    "1",
  ],
  [
    "an execution of another identity is running",
    [known("2", "Executing", undefined, "b".repeat(64))],
    undefined,
    "start",
    undefined,
  ],
  [
    "later executions have another identity",
    [known("3", "Executing", undefined, "b".repeat(64)), known("2", "Succeeded"), known("1", "Succeeded", "pass")],
    undefined,
    "attach",
    "2",
  ],
];

describe("chooseAmong", () => {
  for (const [what, latest, ciRun, kind, arn] of own)
    it(`chooses the right action if ${what}`, () => {
      const chosen = chooseAmong({ kind: "own" }, latest, digest, ciRun);
      const execution = chosen.kind === "start" ? chosen.predecessor : chosen.execution;
      assert.deepEqual([chosen.kind, execution?.arn], [kind, arn]);
    });

  it("chooses the pipeline's latest execution with --no-start, whoever started it", () => {
    const latest = [{ arn: "2", status: "Succeeded" }, known("1", "Succeeded")];
    const chosen = chooseAmong({ kind: "latest" }, latest, "", undefined);
    assert.deepEqual([chosen.kind, chosen.kind === "attach" && chosen.execution.arn], ["attach", "2"]);
  });

  for (const [status, kind] of [
    ["Failed", "retry"],
    ["Stopped", "retry"],
    ["Executing", "attach"],
  ] as const)
    it(`decides to ${kind} with --retry if the latest execution is ${status}`, () => {
      assert.equal(chooseAmong({ kind: "retry" }, [known("1", status)], "", undefined).kind, kind);
    });

  it("rejects --retry if the latest execution succeeded, and --retry and --no-start if there is no execution", () => {
    const usage = (message: RegExp) => (error: unknown) =>
      error instanceof ExitError && error.code === 2 && message.test(error.message);
    assert.throws(
      () => chooseAmong({ kind: "retry" }, [known("1", "Succeeded")], "", undefined),
      usage(/--retry: the latest execution 1 succeeded/),
    );
    assert.throws(() => chooseAmong({ kind: "latest" }, [], "", undefined), usage(/has no execution yet/));
  });

  it("names other executions that are running at the same time", () => {
    const latest = [
      known("4", "Executing"),
      known("3", "Executing", undefined, "b".repeat(64)),
      { arn: "2", status: "Executing" },
      known("1", "Succeeded", "pass", "b".repeat(64)),
    ];
    assert.deepEqual(othersText(latest, digest), [
      "Another execution is running at the same time: 3 (check-stack with other sources or parameters).",
      "Another execution is running at the same time: 2 (not started by these commands).",
    ]);
  });
});
