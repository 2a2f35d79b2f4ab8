import { z } from "zod";
import type { Identity } from "./identity.ts";

const noteSchema = z.object({
  note: z.literal(1),
  purpose: z.enum(["check-stack", "run-pipeline"]),
  identity: z.string().regex(/^[0-9a-f]{64}$/),
  commit: z.string().optional(),
  changed: z.boolean().optional(),
  ciRun: z.string().optional(),
  models: z.record(z.string(), z.string()).optional(),
  thresholds: z.record(z.string(), z.number()).optional(),
  verdict: z.string().optional(),
});

/**
 * What a command leaves on an execution that it started, as its description: every machine that may see the execution sees
 * it, it comes with the list of executions, SageMaker shows it to people, and it goes when the execution does. (Executions
 * take no tags, and a file in the bucket would be one more thing to read, to permit and to clean up.)
 */
export interface ExecutionNote {
  readonly purpose: Identity["purpose"];
  /** Digest of the identity of the run that started it. */
  readonly identity: string;
  readonly commit?: string | undefined;
  /** Whether the sources were others than the commit's. */
  readonly changed?: boolean | undefined;
  readonly ciRun?: string | undefined;
  /** The registered models that it compares with: ARN of the package by the pipeline parameter that has the model's URI. */
  readonly models?: Readonly<Record<string, string>> | undefined;
  /** The thresholds that were given for it, by their names, by whoever started it, and then by whoever judged it last. */
  readonly thresholds?: Readonly<Record<string, number>> | undefined;
  /** What the command found in the end. */
  readonly verdict?: string | undefined;
}

function sentence({ purpose, commit, changed, verdict }: ExecutionNote): string {
  const what = purpose === "check-stack" ? "Stack check" : "Run";
  const of = commit === undefined ? "" : ` of ${commit.slice(0, 7)}${changed === true ? " with changes" : ""}`;
  return `${what}${of}${verdict === undefined ? "" : `: ${verdict}`}.`;
}

/** The note as the description of an execution: a sentence for people, then JSON. SageMaker takes 3,072 characters of one line. */
export function noteText(note: ExecutionNote): string {
  return `${sentence(note)} ${JSON.stringify({ note: 1, ...note })}`;
}

/** The note in a description; undefined if there is none, as in one that a person wrote. */
export function parseNote(description: string | undefined): ExecutionNote | undefined {
  const json = /\{.*\}$/.exec(description ?? "")?.[0];
  if (json === undefined) return undefined;
  try {
    return noteSchema.safeParse(JSON.parse(json)).data;
  } catch {
    return undefined;
  }
}
