import assert from "node:assert/strict";
import type { PipelineExecutionStep } from "@aws-sdk/client-sagemaker";
import { busyTime } from "../../../check/execution/busy-time.ts";

const minute = 60_000;
const now = 500 * minute;
const [cached, reused] = [{ CacheHitResult: {} }, { SelectiveExecutionResult: {} }];

/** A step that ran from one minute to another, or is still running. */
function step(start: number, end?: number, result: PipelineExecutionStep = {}): PipelineExecutionStep {
  return {
    StartTime: new Date(start * minute),
    ...(end === undefined ? {} : { EndTime: new Date(end * minute) }),
    ...result,
  };
}

describe("busyTime", () => {
  const cases: readonly (readonly [string, readonly PipelineExecutionStep[], number])[] = [
    ["is 0 without steps", [], 0],
    ["counts consecutive steps and the seconds between them", [step(0, 4), step(4.5, 6), step(6, 7)], 7],
    ["counts each minute of parallel steps once", [step(0, 4), step(1, 2), step(3, 6)], 6],
    ["accepts the steps in any order", [step(3, 6), step(0, 4)], 6],
    ["excludes the pause before a retry", [step(0, 4), step(100, 103)], 7],
    ["excludes a step reused from an earlier execution", [step(0, 4, reused), step(100, 103)], 3],
    ["excludes a step from the step cache", [step(0, 4, cached), step(5, 6)], 1],
    ["counts a running step up to now", [step(490, 499), step(499)], 10],
    ["is 0 if every step was reused", [step(0, 4, cached), step(0, 5, reused)], 0],
    ["excludes a step that has not started", [{ StepName: "waits" }, step(0, 1)], 1],
  ];
  for (const [what, steps, minutes] of cases)
    it(what, () => {
      assert.equal(busyTime(steps, now) / minute, minutes);
    });
});
