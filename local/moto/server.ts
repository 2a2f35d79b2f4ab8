import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { plainEnvironment } from "../state/process-environment.ts";
import { LocalError } from "../wire/local-error.ts";

/** A running server of moto. */
export interface Moto {
  /** `http://127.0.0.1:<port>`. */
  readonly url: string;
  /** Ends the process and waits for it. No state is lost, because every accepted change is in the journal. */
  close(): Promise<void>;
  /** Resolves when the process has ended, for any reason. */
  readonly ended: Promise<void>;
}

/**
 * Starts moto's server as a child process that replays `journal` and then appends to it. The child notices by its standard
 * input when this process ends, even if it is killed, and ends too.
 *
 * @throws LocalError `environment` if moto does not start or the journal cannot be replayed
 */
export async function startMoto(python: string, journal: string): Promise<Moto> {
  const script = fileURLToPath(new URL("./server.py", import.meta.url));
  // -s excludes the user's own site-packages. -P and -I would also disable the virtual environment's paths.
  const child = spawn(python, ["-s", script, journal], {
    stdio: ["pipe", "pipe", "pipe"],
    env: plainEnvironment(),
    // A Ctrl-C in the terminal reaches the whole foreground process group, but moto must outlive jobs that still upload.
    detached: true,
  });
  child.stdin?.on("error", () => {});
  const ended = once(child, "exit").then(
    () => undefined,
    () => undefined,
  );
  const errors = tail(child);
  const answer = await Promise.race([firstLine(child), ended.then(() => undefined)]);
  if (answer?.port === undefined) throw await startFailure(child, journal, answer?.error, errors);
  return {
    url: `http://127.0.0.1:${answer.port}`,
    ended,
    async close() {
      child.stdin?.end();
      const timer = setTimeout(() => child.kill("SIGKILL"), 2000);
      await ended;
      clearTimeout(timer);
    },
  };
}

async function firstLine(child: ChildProcess): Promise<{ port?: number; error?: string } | undefined> {
  if (child.stdout === null) return undefined;
  try {
    for await (const line of createInterface({ input: child.stdout })) return JSON.parse(line);
  } catch {
    // The caller reports the last line of the child's standard error instead.
  } finally {
    child.stdout.resume();
  }
  return undefined;
}

/** Collects the end of a child's standard error. The returned function returns its last line. */
function tail(child: ChildProcess): () => string {
  let text = "";
  child.stderr?.setEncoding("utf8").on("data", (chunk: string) => {
    text = (text + chunk).slice(-4000);
  });
  return () => text.trim().split("\n").at(-1) ?? "";
}

async function startFailure(
  child: ChildProcess,
  journal: string,
  error: string | undefined,
  errors: () => string,
): Promise<LocalError> {
  child.kill("SIGKILL");
  if (error !== undefined) {
    return new LocalError(
      "environment",
      `the journal of S3 and IAM ${journal} cannot be replayed: ${error}; start again with --reset to begin with an empty state`,
    );
  }
  const folder = join(child.spawnfile, "..", "..");
  return new LocalError(
    "environment",
    `moto's server did not start with ${child.spawnfile}: ${errors() || "no output"}; delete ${folder} and start again`,
  );
}
