import { exitCode } from "../exit-code.ts";
import { beginExecution, confirmExecution } from "./execution/begin-execution.ts";
import { failureText } from "./execution/failure-text.ts";
import { noteVerdict } from "./execution/note-verdict.ts";
import { type ExecutionOptions, prepareExecution } from "./execution/prepare-execution.ts";
import { watchExecution } from "./execution/watch-execution.ts";

/**
 * Starts an execution of a pipeline or follows an existing one, prints its steps, and judges nothing.
 *
 * @returns the exit code
 * @throws ExitError as {@link prepareExecution}, (4) at the deadline
 */
export async function runPipeline(options: Omit<ExecutionOptions, "purpose">): Promise<number> {
  const { clients, print } = options;
  const prepared = await prepareExecution({ ...options, purpose: "run-pipeline" });
  const begun = await beginExecution(prepared, { parameters: {}, models: {}, own: [] });
  const execution = await confirmExecution(prepared, begun);
  const ended = await watchExecution(prepared, execution);
  if (ended.status !== "Succeeded") print(await failureText(clients, ended));
  // The verdict of a stack check is not overwritten.
  if (execution.note?.purpose === "run-pipeline")
    await noteVerdict(clients, execution, { verdict: ended.status.toLowerCase() }, print);
  return ended.status === "Succeeded" ? exitCode.pass : exitCode.executionFailed;
}
