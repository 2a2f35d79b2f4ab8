import { DescribePipelineDefinitionForExecutionCommand, type SageMakerClient } from "@aws-sdk/client-sagemaker";
import { aws } from "../../aws/error.ts";
import { defined } from "../../service-model/defined.ts";
import { codeDigest, definitionDigest } from "./definition-digest.ts";
import type { ExecutionNote } from "./execution-note.ts";

/** The origin of a registered model: its execution, definition, code, commit and verdict. */
export interface Provenance {
  /** The ARN of the execution that registered it. */
  readonly execution: string;
  /** SHA-256 of the execution's definition, and of the code that the definition names. */
  readonly definition: string;
  readonly code: string;
  /** The commit that the check ran at, with `+changes` if the working tree had changes. */
  readonly commit?: string;
  readonly verdict: string;
  /** SHA-256 of the evaluated model file. */
  readonly model: string;
  /** The approval status that the check set. A different status on the package is a person's decision. */
  readonly approval?: string;
}

/** The mark after a commit if the working tree had changes. */
export const changesMark = "+changes";

/** Returns the commit that a check noted on the execution that it started. */
export function notedCommit(note: ExecutionNote | undefined): string | undefined {
  if (note?.commit === undefined) return undefined;
  return `${note.commit}${note.changed === true ? changesMark : ""}`;
}

/** Reads the definition of an execution. @throws ExitError (2) if the execution does not exist, (6) if an AWS call fails */
export async function executedDefinition(sagemaker: SageMakerClient, arn: string): Promise<string> {
  const request = new DescribePipelineDefinitionForExecutionCommand({ PipelineExecutionArn: arn });
  const { PipelineDefinition = "" } = await aws(
    `Reading the definition of ${arn} (sagemaker:DescribePipelineDefinitionForExecution)`,
    () => sagemaker.send(request),
  );
  return PipelineDefinition;
}

/** Collects the provenance of an execution's model. */
export async function provenanceOf(
  sagemaker: SageMakerClient,
  execution: string,
  note: ExecutionNote | undefined,
  { verdict, model }: Pick<Provenance, "verdict" | "model">,
): Promise<Provenance> {
  const definition = await executedDefinition(sagemaker, execution);
  const commit = notedCommit(note);
  return {
    ...{ execution, verdict, model, definition: definitionDigest(definition), code: codeDigest(definition) },
    ...defined({ commit }),
  };
}

const prefix = "stack-check:";
/** Source: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_UpdateModelPackage.html (CustomerMetadataProperties) */
const valueCharacters = 256;

/**
 * Returns the provenance as customer metadata of a model package: "Model packages in the SageMaker Model Registry do not support
 * tags—these are versioned model packages. Instead, you can add key value pairs using CustomerMetadataProperties."
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/modelregistryfaq.html
 */
export function metadataOf(provenance: Provenance): Readonly<Record<string, string>> {
  const entries = Object.entries(provenance).map(([key, value]) => [`${prefix}${key}`, value] as const);
  // The ARN of a pipeline with a very long name may not fit. It is left out, because a cut ARN would be wrong.
  return Object.fromEntries(entries.filter(([, value]) => value.length <= valueCharacters));
}

/** Reads the provenance from a package's metadata; missing entries are undefined. */
export function provenanceIn(
  metadata: Readonly<Record<string, string>> | undefined,
): Partial<Readonly<Record<keyof Provenance, string>>> {
  const entries = Object.entries(metadata ?? {}).filter(([key]) => key.startsWith(prefix));
  return Object.fromEntries(entries.map(([key, value]) => [key.slice(prefix.length), value]));
}
