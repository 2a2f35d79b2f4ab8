import { execFile, spawn } from "node:child_process";
import { promisify } from "node:util";
import { z } from "zod";
import { oneLine } from "../../service-model/one-line.ts";

/** Why the pulumi CLI did not answer, in a few words. */
export class PulumiError extends Error {
  override readonly name = "PulumiError";
}

/** Far above what a stack prints, in bytes. */
const mostBytes = 64 * 1024 * 1024;

/** How a run of a program failed, as Node tells it. */
interface RunFailure {
  /** An exit code, or the name of an error where there was no run, or none to its end. */
  readonly code?: number | string | null;
  readonly signal?: string | null;
  readonly stderr?: string;
}

/** Why a run of the pulumi CLI failed: its own words, if it had any. */
function reason({ code, signal, stderr = "" }: RunFailure): string {
  if (code === "ENOENT") return "there is no pulumi CLI";
  if (code === "EACCES") return "pulumi is not executable (EACCES)";
  if (code === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER") return `pulumi printed more than ${mostBytes / 1024 / 1024} MB`;
  const [said = ""] = stderr.trim().split("\n");
  if (said !== "") return oneLine(said).replace(/\.$/, "");
  if (signal !== undefined && signal !== null) return `pulumi was ended by ${signal} and said nothing`;
  return typeof code === "number" ? `pulumi ended with ${code} and said nothing` : `pulumi did not run (${code})`;
}

/**
 * What the pulumi CLI prints.
 *
 * @throws PulumiError if there is no such CLI, or with the first line of its complaint
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
 * Reads a stack's plain configuration by its keys, without the project's name before them. Environments are opened, as they
 * are for `pulumi up`; secrets stay hidden.
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
    throw new PulumiError("pulumi config printed something else than the configuration", { cause: error });
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
    child.on("error", (error) => reject(new PulumiError(reason(error as RunFailure), { cause: error })));
    child.on("close", (code) => resolve(code ?? 1));
  });
}
