import { ExitError, exitCode } from "../../exit-code.ts";
import { LocalError } from "../../local/wire/local-error.ts";

/** Runs `work` of the local endpoint. Converts an error that the user can fix to exit code 2, an unreachable network to 6. */
export async function local<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof LocalError)) throw error;
    throw new ExitError(error.code === "no-network" ? exitCode.aws : exitCode.usage, error.message, { cause: error });
  }
}
