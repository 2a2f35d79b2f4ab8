import { DescribePipelineDefinitionForExecutionCommand, type SageMakerClient } from "@aws-sdk/client-sagemaker";
import { aws } from "../../aws/error.ts";
import { defined } from "../../service-model/defined.ts";
import { codeDigest, definitionDigest } from "./definition-digest.ts";
import type { ExecutionNote } from "./execution-note.ts";

/** Where a registered model comes from: from the package back to the commit. */
export interface Provenance {
  /** ARN of the execution that registered it. */
  readonly execution: string;
  /** SHA-256 of the definition that the execution ran, and of the code that it names. */
  readonly definition: string;
  readonly code: string;
  /** The commit that the check ran at, with `+changes` where the sources were others. */
  readonly commit?: string;
  readonly verdict: string;
  /** SHA-256 of the model file that was evaluated. */
  readonly model: string;
  /** The approval that the check left it with: another one is a person's. */
  readonly approval?: string;
}

/** Stands behind a commit whose sources were changed. */
export const changesMark = "+changes";

/** The commit that a check noted on the execution it started. */
export function notedCommit(note: ExecutionNote | undefined): string | undefined {
  if (note?.commit === undefined) return undefined;
  return `${note.commit}${note.changed === true ? changesMark : ""}`;
}

/** The definition that an execution runs. @throws ExitError (2) if there is no such execution, (6) if AWS cannot be asked */
export async function executedDefinition(sagemaker: SageMakerClient, arn: string): Promise<string> {
  const request = new DescribePipelineDefinitionForExecutionCommand({ PipelineExecutionArn: arn });
  const { PipelineDefinition = "" } = await aws(
    `Reading the definition of ${arn} (sagemaker:DescribePipelineDefinitionForExecution)`,
    () => sagemaker.send(request),
  );
  return PipelineDefinition;
}

/** What is known of where the model of an execution comes from. */
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
 * The provenance as customer metadata of a model package: "Model packages in the SageMaker Model Registry do not support
 * tags—these are versioned model packages. Instead, you can add key value pairs using CustomerMetadataProperties."
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/modelregistryfaq.html
 */
export function metadataOf(provenance: Provenance): Readonly<Record<string, string>> {
  const entries = Object.entries(provenance).map(([key, value]) => [`${prefix}${key}`, value] as const);
  // An ARN may be longer, of a pipeline with a very long name; one that is cut off would name something else.
  return Object.fromEntries(entries.filter(([, value]) => value.length <= valueCharacters));
}

/** The provenance in a package's metadata; what is missing there is undefined. */
export function provenanceIn(
  metadata: Readonly<Record<string, string>> | undefined,
): Partial<Readonly<Record<keyof Provenance, string>>> {
  const entries = Object.entries(metadata ?? {}).filter(([key]) => key.startsWith(prefix));
  return Object.fromEntries(entries.map(([key, value]) => [key.slice(prefix.length), value]));
}
