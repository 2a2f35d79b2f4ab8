import { type ProgramResult, runProgram } from "../../local/jobs/python/run-program.ts";

/** Runs git in a folder, without the hooks of the user's clone. @throws only the reason of an aborted signal */
export function git(folder: string, args: readonly string[], signal?: AbortSignal): Promise<ProgramResult> {
  return runProgram("git", ["-C", folder, "-c", "core.hooksPath=/dev/null", ...args], { signal });
}
