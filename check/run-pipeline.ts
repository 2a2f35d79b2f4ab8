import { exitCode } from "../exit-code.ts";
import { beginExecution, confirmExecution } from "./execution/begin-execution.ts";
import { failureText } from "./execution/failure-text.ts";
import type { EndedExecution } from "./execution/follow-execution.ts";
import { noteVerdict } from "./execution/note-verdict.ts";
import { type ExecutionOptions, prepareExecution } from "./execution/prepare-execution.ts";
import { watchExecution } from "./execution/watch-execution.ts";

/**
 * Starts an execution of a pipeline or follows an existing one, and prints its steps.
 *
 * @throws ExitError as {@link prepareExecution}, (4) at the deadline
 */
export async function executePipeline(options: Omit<ExecutionOptions, "purpose">): Promise<EndedExecution> {
  const { clients, print } = options;
  const prepared = await prepareExecution({ ...options, purpose: "run-pipeline" });
  const begun = await beginExecution(prepared, { parameters: {}, models: {}, own: [] });
  const execution = await confirmExecution(prepared, begun);
  const ended = await watchExecution(prepared, execution);
  if (ended.status !== "Succeeded") print(await failureText(clients, ended));
  // The verdict of a stack check is not overwritten.
  if (execution.note?.purpose === "run-pipeline")
    await noteVerdict(clients, execution, { verdict: ended.status.toLowerCase() }, print);
  return ended;
}

/** Returns the exit code of an execution that no check judges. */
export function executionExitCode({ status }: Pick<EndedExecution, "status">): number {
  return status === "Succeeded" ? exitCode.pass : exitCode.executionFailed;
}

/** Executes a pipeline as {@link executePipeline} does, and judges nothing. @returns the exit code */
export async function runPipeline(options: Omit<ExecutionOptions, "purpose">): Promise<number> {
  return executionExitCode(await executePipeline(options));
}
