import { duration } from "../../execution/step-progress.ts";
import type { StepReport } from "./report.ts";

/** Describes in a few words how a step ended; undefined stands for a step that did not run. */
export function stepOutcome(step: StepReport | undefined): string {
  if (step === undefined) return "did not run";
  if (step.cached) return "from the cache";
  if (step.earlier === true) return "from an earlier execution";
  if (step.outcome !== undefined) return `is ${step.outcome}`;
  if (step.status === "Executing" || step.status === "Starting") return "still running";
  const status = step.status.toLowerCase();
  return step.seconds === undefined ? status : `${status} in ${duration(step.seconds * 1000)}`;
}
