import { execFile, spawn } from "node:child_process";
import { promisify } from "node:util";
import { z } from "zod";
import { oneLine } from "../../service-model/one-line.ts";

/** The error of a failed call of the pulumi CLI; its message is the reason in a few words. */
export class PulumiError extends Error {
  override readonly name = "PulumiError";
}

/** More bytes than any stack prints. */
const mostBytes = 64 * 1024 * 1024;

/** The error of a child process, in Node's form. */
interface RunFailure {
  /** The exit code, or the name of an error if the program did not start or did not end normally. */
  readonly code?: number | string | null;
  readonly signal?: string | null;
  readonly stderr?: string;
}

/** Returns why the pulumi CLI failed: the first line of its own error output, if there is any. */
function reason({ code, signal, stderr = "" }: RunFailure): string {
  if (code === "ENOENT") return "the pulumi CLI is not installed";
  if (code === "EACCES") return "pulumi is not executable (EACCES)";
  if (code === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER") return `pulumi printed more than ${mostBytes / 1024 / 1024} MB`;
  const [said = ""] = stderr.trim().split("\n");
  if (said !== "") return oneLine(said).replace(/\.$/, "");
  if (signal !== undefined && signal !== null) return `${signal} ended pulumi, which printed no error`;
  return typeof code === "number" ? `pulumi exited with ${code} and printed no error` : `pulumi did not run (${code})`;
}

/**
 * Runs the pulumi CLI and returns its standard output.
 *
 * @throws PulumiError if the CLI is not installed, or with the first line of its error output
 */
export async function pulumiOutput(args: readonly string[]): Promise<string> {
  try {
    return (await promisify(execFile)("pulumi", args, { maxBuffer: mostBytes })).stdout;
  } catch (error) {
    throw new PulumiError(reason(error as RunFailure), { cause: error });
  }
}

const configSchema = z.record(z.string(), z.object({ value: z.string().optional() }));

/**
 * Reads a stack's plain configuration; the keys have no project name in front. Opens environments as `pulumi up` does, and
 * keeps secrets hidden.
 * Source: https://www.pulumi.com/docs/iac/cli/commands/pulumi_config/
 *
 * @throws PulumiError as {@link pulumiOutput}
 */
export async function stackConfig(stack: string): Promise<Readonly<Record<string, string | undefined>>> {
  const text = await pulumiOutput(["config", "--json", "--open", "--stack", stack]);
  try {
    const entries = Object.entries(configSchema.parse(JSON.parse(text)));
    return Object.fromEntries(entries.map(([key, { value }]) => [key.slice(key.indexOf(":") + 1), value]));
  } catch (error) {
    throw new PulumiError("the output of pulumi config is not the configuration", { cause: error });
  }
}

/**
 * Runs the pulumi CLI in this terminal, where it can print and ask, and returns its exit code. Interrupts it if `signal` is aborted,
 * because GitHub signals only the step's own process.
 *
 * @throws PulumiError if the CLI is not installed
 */
export function runPulumi(args: readonly string[], signal?: AbortSignal): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn("pulumi", args, { stdio: "inherit" });
    signal?.addEventListener("abort", () => child.kill("SIGINT"));
    child.on("error", (error) => reject(new PulumiError(reason(error as RunFailure), { cause: error })));
    child.on("close", (code) => resolve(code ?? 1));
  });
}
