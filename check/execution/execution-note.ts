import { z } from "zod";
import type { Identity } from "./identity.ts";

const noteSchema = z.object({
  note: z.literal(1),
  purpose: z.enum(["check-stack", "run-pipeline"]),
  identity: z.string().regex(/^[0-9a-f]{64}$/),
  inputs: z.string().optional(),
  commit: z.string().optional(),
  changed: z.boolean().optional(),
  ciRun: z.string().optional(),
  models: z.record(z.string(), z.string()).optional(),
  thresholds: z.record(z.string(), z.number()).optional(),
  verdict: z.string().optional(),
});

/**
 * The note that a command writes into the description of an execution that it started. Everybody who may read the execution
 * can read the note, it is part of the list of executions, and it is deleted with the execution. (SageMaker has no tags for
 * executions, and a file in the bucket would need its own permissions and cleanup.)
 */
export interface ExecutionNote {
  readonly purpose: Identity["purpose"];
  /** The digest of the identity of the command that started the execution. */
  readonly identity: string;
  /** The digest of the identity without its origin: equal for two commits that deploy the same. */
  readonly inputs?: string | undefined;
  readonly commit?: string | undefined;
  /** Whether the working tree had changes since that commit. */
  readonly changed?: boolean | undefined;
  readonly ciRun?: string | undefined;
  /** The ARN of each compared model package, keyed by the pipeline parameter that contains its model's URI. */
  readonly models?: Readonly<Record<string, string>> | undefined;
  /** The thresholds that the user gave as flags: at first those of the start, after a check those that the check used. */
  readonly thresholds?: Readonly<Record<string, number>> | undefined;
  /** The verdict of the command. */
  readonly verdict?: string | undefined;
}

function sentence({ purpose, commit, changed, verdict }: ExecutionNote): string {
  const what = purpose === "check-stack" ? "Stack check" : "Run";
  const of = commit === undefined ? "" : ` of ${commit.slice(0, 7)}${changed === true ? " with changes" : ""}`;
  return `${what}${of}${verdict === undefined ? "" : `: ${verdict}`}.`;
}

/** Returns the note as an execution's description: a sentence, then JSON, in one line. SageMaker takes up to 3,072 characters. */
export function noteText(note: ExecutionNote): string {
  return `${sentence(note)} ${JSON.stringify({ note: 1, ...note })}`;
}

/** Reads the note in a description; undefined if it contains no note, as when a person wrote it. */
export function parseNote(description: string | undefined): ExecutionNote | undefined {
  const json = /\{.*\}$/.exec(description ?? "")?.[0];
  if (json === undefined) return undefined;
  try {
    return noteSchema.safeParse(JSON.parse(json)).data;
  } catch {
    return undefined;
  }
}
