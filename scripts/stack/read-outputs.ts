import { ExitError, exitCode } from "../../exit-code.ts";
import { oneLine } from "../../service-model/one-line.ts";
import { type PipelineOutputs, type StackOutputs, stackOutputsSchema } from "../../stack-outputs.ts";
import { inputText } from "../command/input-text.ts";
import { pulumiOutput } from "./pulumi-cli.ts";

export interface OutputsSource {
  /** A file with the output of `pulumi stack output --json`. */
  readonly outputs?: string | undefined;
  /** The name of a stack. The selected stack is read if both are absent. */
  readonly stack?: string | undefined;
}

/** The options of every command that reads a stack's outputs. */
export const stackOptions = {
  stack: { type: "string" },
  outputs: { type: "string" },
  pipeline: { type: "string" },
} as const;

export const stackHelp = `
  --stack NAME             the stack, read with the pulumi CLI (default: the selected stack)
  --outputs FILE           reads the stack's outputs from a file instead (pulumi stack output --json > FILE; - for standard
                           input)
  --pipeline NAME          the pipeline, if the stack has several (check-stack: default all that have a gate)
`.trim();

async function readText({ outputs, stack }: OutputsSource): Promise<string> {
  if (outputs !== undefined && stack !== undefined)
    throw new ExitError(
      exitCode.usage,
      "--stack and --outputs are both given, and each names a stack: give one of them.",
    );
  if (outputs !== undefined) return inputText("outputs", outputs);
  const args = ["stack", "output", "--json", ...(stack === undefined ? [] : ["--stack", stack])];
  return pulumiOutput(args).catch((error: Error) => {
    throw new ExitError(
      exitCode.usage,
      `The stack's outputs cannot be read (pulumi ${args.join(" ")}): ${error.message}. Install pulumi and select the stack, or give --outputs FILE.`,
    );
  });
}

/**
 * Checks text as a stack's outputs.
 *
 * @throws ExitError (2) naming the first key that is missing or wrong
 */
export function parseOutputs(text: string): StackOutputs {
  let values: unknown;
  try {
    values = JSON.parse(text);
  } catch (error) {
    throw new ExitError(exitCode.usage, `The stack's outputs are not JSON: ${oneLine((error as Error).message)}.`);
  }
  const parsed = stackOutputsSchema.safeParse(values);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0] ?? { path: [], message: "unknown" };
  throw new ExitError(
    exitCode.usage,
    `The stack's outputs have the form of another version (${oneLine(path.join(".")) || "outputs"}: ${message}): run pulumi up with this version.`,
  );
}

/**
 * Reads a stack's outputs from a file or with the pulumi CLI.
 *
 * @throws ExitError (2) if they cannot be read or have the form of another version
 */
export async function readOutputs(source: OutputsSource): Promise<StackOutputs> {
  return parseOutputs(await readText(source));
}

export interface SelectedFolder {
  readonly folder: string;
  readonly pipeline: PipelineOutputs;
}

/**
 * Selects the pipeline of a command: the named one, or the only one.
 *
 * @throws ExitError (2) if no pipeline has that name, or if there are several and no name is given
 */
export function selectPipeline(outputs: StackOutputs, name: string | undefined): PipelineOutputs {
  return selectFolder(outputs, name).pipeline;
}

/** Selects the pipeline of a command as {@link selectPipeline} does, and returns it with the name of its folder. */
export function selectFolder({ pipelines }: StackOutputs, name: string | undefined): SelectedFolder {
  const names = Object.keys(pipelines);
  const selected = name ?? (names.length === 1 ? names[0] : undefined);
  const pipeline = selected !== undefined && Object.hasOwn(pipelines, selected) ? pipelines[selected] : undefined;
  if (selected !== undefined && pipeline !== undefined) return { folder: selected, pipeline };
  if (names.length === 0)
    throw new ExitError(exitCode.usage, "The stack has no pipeline: add one to pipelines/ and run pulumi up.");
  const problem = name === undefined ? "The stack has several pipelines" : `The stack has no pipeline "${name}"`;
  throw new ExitError(exitCode.usage, `${problem}; give --pipeline with one of: ${names.join(", ")}.`);
}
