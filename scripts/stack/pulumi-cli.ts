import { execFile, spawn } from "node:child_process";
import { promisify } from "node:util";

/** Why the pulumi CLI did not answer, in a few words. */
export class PulumiError extends Error {
  override readonly name = "PulumiError";
}

/**
 * What the pulumi CLI prints.
 *
 * @throws PulumiError if there is no such CLI, or with the first line of its complaint
 */
export async function pulumiOutput(args: readonly string[]): Promise<string> {
  try {
    return (await promisify(execFile)("pulumi", args)).stdout;
  } catch (error) {
    const { code, stderr } = error as NodeJS.ErrnoException & { stderr?: string };
    const reason = code === "ENOENT" ? "there is no pulumi CLI" : (stderr?.trim().split("\n")[0] ?? String(error));
    throw new PulumiError(reason, { cause: error });
  }
}

/**
 * Runs the pulumi CLI in this terminal, with what it prints and asks, and answers with its exit code.
 *
 * @throws PulumiError if there is no such CLI
 */
export function runPulumi(args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn("pulumi", args, { stdio: "inherit" });
    child.on("error", (error) => reject(new PulumiError("there is no pulumi CLI", { cause: error })));
    child.on("close", (code) => resolve(code ?? 1));
  });
}
