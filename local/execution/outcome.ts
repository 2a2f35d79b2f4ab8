import type { ExecutionRecord, StepRecord } from "../state/execution-record.ts";

/** The reason of an execution that the endpoint's end cut off. */
export const cutOff = "The local endpoint ended while this execution ran; start the pipeline again.";

/** AWS's own words for an execution in which a step failed. */
export const stepFailure = "Step failure: One or multiple steps failed.";

const active = new Set(["Starting", "Executing", "Stopping"]);

/** The execution after its last step. */
export function finished(execution: ExecutionRecord, now: number): ExecutionRecord {
  const failed = execution.steps.some((step) => step.status === "Failed");
  if (execution.status === "Stopping") return { ...execution, status: "Stopped", modifiedTime: now };
  if (failed) return { ...execution, status: "Failed", failureReason: stepFailure, modifiedTime: now };
  const stopped = execution.steps.some((step) => step.status === "Stopped");
  return { ...execution, status: stopped ? "Stopped" : "Succeeded", modifiedTime: now };
}

/** An execution that nothing runs any more, for a reason outside of it: its endpoint ended, or its disk is full. */
export function interrupted(execution: ExecutionRecord, reason: string, now: number): ExecutionRecord {
  const steps = execution.steps.map((step) => (active.has(step.status) ? ended(step, reason, now) : step));
  if (execution.status === "Stopping") return { ...execution, steps, status: "Stopped", modifiedTime: now };
  return { ...execution, steps, status: "Failed", failureReason: reason, modifiedTime: now };
}

function ended(step: StepRecord, reason: string, now: number): StepRecord {
  return { ...step, status: "Stopped", endTime: now, failureReason: reason };
}

export function isOver(execution: ExecutionRecord): boolean {
  return execution.status !== "Executing" && execution.status !== "Stopping";
}
