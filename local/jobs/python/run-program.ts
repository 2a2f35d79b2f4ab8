import { spawn, spawnSync } from "node:child_process";
import { LocalError } from "../../wire/local-error.ts";

export interface RunOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Ends the child. */
  readonly signal?: AbortSignal | undefined;
}

/** The result of a command. */
export interface ProgramResult {
  /** The exit code. Null if the command could not be started. */
  readonly code: number | null;
  /** Standard output and standard error. */
  readonly output: string;
}

let tied: readonly string[] | undefined;

/**
 * Returns a command prefix with which the kernel kills the child when this process ends, even if this process was killed. Empty
 * if setpriv (util-linux) is not installed.
 */
function tiedToThisProcess(): readonly string[] {
  const setpriv = ["setpriv", "--pdeathsig", "KILL"] as const;
  tied ??= spawnSync(setpriv[0], [...setpriv.slice(1), "true"]).status === 0 ? setpriv : [];
  return tied;
}

/** Runs a command and waits for its end. @throws only the reason of an aborted `signal` */
export async function runProgram(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<ProgramResult> {
  const { env = process.env, signal } = options;
  const ran = await new Promise<ProgramResult>((resolve) => {
    let output = "";
    const [program = command, ...rest] = [...tiedToThisProcess(), command, ...args];
    const child = spawn(program, rest, { env, stdio: ["ignore", "pipe", "pipe"], ...(signal ? { signal } : {}) });
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
    child.on("error", (error) => {
      if (child.pid === undefined) resolve({ code: null, output: error.message });
    });
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
  signal?.throwIfAborted();
  return ran;
}

const noNetwork =
  /NameResolution|name resolution|dns error|ConnectTimeout|NewConnectionError|Network is unreachable|Connection refused|error sending request|No matching distribution found/i;

/** Explains a failure of pip or uv to the user, according to its output. */
export function installError(what: string, { output }: ProgramResult): LocalError {
  if (/No space left on device|ENOSPC|os error 28/i.test(output))
    return new LocalError("disk-full", `${what}: the disk is full; free about 2 GB and run it again.`);
  if (/hash(es)? (mismatch|do not match)|THESE PACKAGES DO NOT MATCH THE HASHES/i.test(output))
    return new LocalError(
      "environment",
      `${what}: a downloaded package is not the pinned one (${lastLine(output)}); check the package index in use.`,
    );
  if (noNetwork.test(output))
    return new LocalError(
      "no-network",
      `${what}: the Python package index could not be reached; check the network (or PIP_INDEX_URL) and run it again.`,
    );
  return new LocalError("environment", `${what}: ${lastLine(output)}`);
}

function lastLine(output: string): string {
  return output.trim().split("\n").at(-1)?.trim() ?? "no output";
}
