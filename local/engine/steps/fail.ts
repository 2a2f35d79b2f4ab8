import { text } from "../expressions/expression.ts";
import type { StepEnd, StepRun } from "./step-run.ts";

/** Ends in failure, with the message that the definition gives. */
export function runFail(run: StepRun): StepEnd {
  run.started();
  const ErrorMessage = text(run.arguments["ErrorMessage"] ?? "");
  return { status: "Failed", failureReason: ErrorMessage, metadata: { Fail: { ErrorMessage } } };
}
