import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { PipelineExecutionStep, SageMakerClient } from "@aws-sdk/client-sagemaker";
import { isSameArn, lastPart } from "../../aws/arn.ts";
import type { AwsClients } from "../../aws/clients.ts";
import { describedModel } from "../../aws/described-model.ts";
import { aws } from "../../aws/error.ts";
import { present } from "../../aws/present.ts";
import { s3Address } from "../../aws/s3-address.ts";
import { ExitError, exitCode } from "../../exit-code.ts";
import type { PipelineOutputs } from "../../stack-outputs.ts";
import { type CodeAddress, codeAddresses, codeDigest, definitionDigest } from "../execution/definition-digest.ts";
import { describeExecution } from "../execution/known-executions.ts";
import { listSteps, registeredPackages } from "../execution/list-steps.ts";
import { executedDefinition, notedCommit, type Provenance, provenanceIn } from "../execution/provenance.ts";
import { otherSteps } from "../execution/step-definitions.ts";
import { type Link, link } from "./chain.ts";
import { hasContentOfAddress } from "./code-content.ts";
import { modelContent, modelUrls } from "./model-content.ts";

type Recorded = Partial<Readonly<Record<keyof Provenance, string>>>;

/** The start of the chain: a model package and the facts recorded on it. */
export interface RecordedPackage {
  readonly arn: string;
  readonly group: string;
  readonly recorded: Recorded;
  /** The URIs of its model data. */
  readonly modelUrls: readonly string[];
  readonly link: Link;
}

/** Reads a model package and the facts recorded on it. @throws ExitError (2) if it does not exist, (6) if an AWS call fails */
export async function recordedPackage(clients: AwsClients, arn: string): Promise<RecordedPackage> {
  const described = await describedModel(clients, arn);
  const recorded = provenanceIn(described.CustomerMetadataProperties);
  const status = described.ModelApprovalStatus ?? "without an approval";
  const { approval = status } = recorded;
  const decided = approval === status ? "" : ` (set by a person; the stack check left it ${approval})`;
  return {
    ...{ arn, recorded, group: described.ModelPackageGroupName ?? "", modelUrls: modelUrls(described) },
    link: link(
      "package",
      recorded.execution !== undefined,
      `${arn} is ${status}${decided} and has its origin recorded`,
      `${arn} has no recorded origin: no stack check has judged it`,
    ),
  };
}

/** Checks whether the execution registered the package, and whether identical steps made the results that it reused. */
async function stepLinks(
  { sagemaker }: AwsClients,
  execution: string,
  arn: string,
  definition: string,
): Promise<readonly Link[]> {
  const steps = await aws(`Reading the steps of ${execution}`, () => listSteps(sagemaker, execution));
  const registered = registeredPackages(steps);
  const taken = steps.filter(({ SelectiveExecutionResult }) => SelectiveExecutionResult !== undefined);
  const sources = new Set(taken.flatMap((step) => step.SelectiveExecutionResult?.SourcePipelineExecutionArn ?? []));
  const links = [...sources].map((source) => {
    const of = taken.filter((step) => isSameArn(step.SelectiveExecutionResult?.SourcePipelineExecutionArn, source));
    return takenLink(sagemaker, definition, source, of);
  });
  const isRegistered = registered.some((one) => isSameArn(one, arn));
  return [
    link("execution", isRegistered, `${execution} registered it`, `${execution} did not register it`),
    ...(await Promise.all(links)),
  ];
}

async function takenLink(
  sagemaker: SageMakerClient,
  definition: string,
  source: string,
  steps: readonly PipelineExecutionStep[],
): Promise<Link> {
  const names = steps.flatMap(({ StepName }) => StepName ?? []);
  const others = otherSteps(definition, await executedDefinition(sagemaker, source), names);
  return link(
    "steps",
    others.length === 0,
    `it took the results of ${names.join(", ")} from ${source}, where these steps were identical`,
    `it took the results of ${names.join(", ")} from ${source}, where ${others.join(", ")} differed`,
  );
}

/** Reads an object; undefined if it does not exist. */
async function content(s3: S3Client, uri: string): Promise<Uint8Array | undefined> {
  const { Bucket = "", Key = "" } = s3Address(uri) ?? {};
  return present(uri, async () => (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToByteArray());
}

async function codeLink({ s3 }: AwsClients, { uri, sha256 }: CodeAddress): Promise<Link> {
  const name = lastPart(uri);
  if (name === sha256 || name === "")
    return {
      name: "code",
      state: "open",
      text: `${uri} is a folder of files; their common hash cannot be checked from here`,
    };
  const code = await content(s3, uri);
  if (code === undefined) return { name: "code", state: "broken", text: `${uri} is gone` };
  return link(
    "code",
    await hasContentOfAddress(name, sha256, code),
    `${name} on S3 has the hash in its address, ${sha256.slice(0, 12)}`,
    `${uri} does not have the hash in its address`,
  );
}

async function definitionLinks(clients: AwsClients, text: string, recorded: Recorded): Promise<readonly Link[]> {
  const [definition, code] = [definitionDigest(text), codeDigest(text)];
  return [
    link(
      "definition",
      definition === recorded.definition,
      `the execution ran the definition ${definition.slice(0, 12)}, as recorded`,
      `the execution ran the definition ${definition}, but ${recorded.definition ?? "none"} is recorded`,
    ),
    link(
      "code",
      code === recorded.code,
      `the definition names the code ${code.slice(0, 12)}, as recorded`,
      `the definition names the code ${code}, but ${recorded.code ?? "none"} is recorded`,
    ),
    ...(await Promise.all(codeAddresses(text).map((each) => codeLink(clients, each)))),
  ];
}

/** Checks whether the model data of a package is still the evaluated model. */
async function modelLink({ s3 }: AwsClients, { modelUrls: urls, recorded }: RecordedPackage): Promise<Link> {
  const { model } = recorded;
  if (model === undefined)
    return { name: "model", state: "broken", text: "no hash of the evaluated model is recorded" };
  const contents = await Promise.all(urls.map((url) => modelContent(s3, url, model)));
  const [where = "the model of a package without model data"] = urls;
  return link(
    "model",
    contents.includes("same"),
    `${lastPart(where)} on S3 contains the evaluated model, ${model.slice(0, 12)}`,
    contents.includes("other") ? `${where} does not contain the evaluated model, ${model}` : `${where} is gone`,
  );
}

/** Reads the execution; returns the reason instead if it does not exist or belongs to another pipeline. */
async function foundExecution(clients: AwsClients, pipelineArn: string, arn: string) {
  try {
    return { known: await describeExecution(clients.sagemaker, pipelineArn, arn) };
  } catch (error) {
    if (error instanceof ExitError && error.code === exitCode.usage) return { problem: error.message };
    throw error;
  }
}

/**
 * Checks the links from a model package to its model on S3, to the execution that registered it, to that execution's
 * definition, and to the code on S3 that the definition names. Downloads and hashes the model and the code.
 *
 * @throws ExitError (6) if an AWS call fails
 */
export async function serviceLinks(
  clients: AwsClients,
  { arn: pipelineArn }: PipelineOutputs,
  modelPackage: RecordedPackage,
): Promise<readonly Link[]> {
  const { arn, recorded } = modelPackage;
  const { execution, verdict, commit } = recorded;
  if (execution === undefined) return [];
  const { known, problem } = await foundExecution(clients, pipelineArn, execution);
  if (known === undefined) return [{ name: "execution", state: "broken", text: problem }];
  const text = await executedDefinition(clients.sagemaker, execution);
  const [noted, notedVerdict] = [notedCommit(known.note), known.note?.verdict];
  return [
    await modelLink(clients, modelPackage),
    ...(await stepLinks(clients, execution, arn, text)),
    link(
      "verdict",
      verdict !== undefined && verdict === notedVerdict,
      `the verdict of the stack check is ${verdict}`,
      `the package has the verdict ${verdict ?? "(none)"}, the execution ${notedVerdict ?? "(none)"}`,
    ),
    link(
      "commit",
      commit !== undefined && commit === noted,
      `the execution was started at ${commit}, as recorded`,
      `the package has the commit ${commit ?? "(none)"}, the execution ${noted ?? "(none)"}`,
    ),
    ...(await definitionLinks(clients, text, recorded)),
  ];
}
