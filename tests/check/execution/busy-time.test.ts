import assert from "node:assert/strict";
import type { PipelineExecutionStep } from "@aws-sdk/client-sagemaker";
import { busyTime } from "../../../check/execution/busy-time.ts";

const minute = 60_000;
const now = 500 * minute;
const [cached, reused] = [{ CacheHitResult: {} }, { SelectiveExecutionResult: {} }];

/** A step that ran from one minute to another, or still runs. */
function step(start: number, end?: number, result: PipelineExecutionStep = {}): PipelineExecutionStep {
  return {
    StartTime: new Date(start * minute),
    ...(end === undefined ? {} : { EndTime: new Date(end * minute) }),
    ...result,
  };
}

describe("how long an execution took", () => {
  const cases: readonly (readonly [string, readonly PipelineExecutionStep[], number])[] = [
    ["without a step", [], 0],
    ["steps one after the other, and the seconds between them", [step(0, 4), step(4.5, 6), step(6, 7)], 7],
    ["steps side by side, each minute once", [step(0, 4), step(1, 2), step(3, 6)], 6],
    ["in any order", [step(3, 6), step(0, 4)], 6],
    ["without the pause before a retry", [step(0, 4), step(100, 103)], 7],
    ["without the time of the execution that a step is from", [step(0, 4, reused), step(100, 103)], 3],
    ["without what came from the cache", [step(0, 4, cached), step(5, 6)], 1],
    ["to now, while a step runs", [step(490, 499), step(499)], 10],
    ["of nothing but what was there", [step(0, 4, cached), step(0, 5, reused)], 0],
    ["of steps that did not begin", [{ StepName: "waits" }, step(0, 1)], 1],
  ];
  for (const [what, steps, minutes] of cases)
    it(what, () => {
      assert.equal(busyTime(steps, now) / minute, minutes);
    });
});
