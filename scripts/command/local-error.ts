import { ExitError, exitCode } from "../../exit-code.ts";
import { LocalError } from "../../local/wire/local-error.ts";

/** Runs something of the local endpoint; what the user can mend becomes exit code 2, an unreachable network 6. */
export async function local<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof LocalError)) throw error;
    throw new ExitError(error.code === "no-network" ? exitCode.aws : exitCode.usage, error.message, { cause: error });
  }
}
