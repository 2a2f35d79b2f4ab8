import { text } from "../expressions/expression.ts";
import type { StepEnd, StepRun } from "./step-run.ts";

/** Runs a Fail step, which fails with the definition's message. */
export function runFail(run: StepRun): StepEnd {
  run.started();
  const ErrorMessage = text(run.arguments["ErrorMessage"] ?? "");
  return { status: "Failed", failureReason: ErrorMessage, metadata: { Fail: { ErrorMessage } } };
}
