import type { DescribeModelPackageOutput } from "@aws-sdk/client-sagemaker";
import { z } from "zod";
import type { AwsClients } from "../../aws/clients.ts";
import { describedModel, evaluationUri } from "../../aws/described-model.ts";
import { ExitError, exitCode } from "../../exit-code.ts";
import { defined } from "../../service-model/defined.ts";
import type { GateOutputs } from "../../stack-outputs.ts";
import { type Sketches, sketchesSchema } from "./evaluation-schema.ts";
import { metricValue } from "./metric-value.ts";
import { exists, readText } from "./s3-object.ts";

/** A registered model that can be compared with a candidate. */
export interface ApprovedModel {
  readonly modelPackageArn: string;
  readonly modelUrl: string;
  /** The rule by which its data was split. Under another rule, the model may have been trained on the candidate's test rows. */
  readonly splitRule: string;
  /** The gate's metric and the SHA-256 of the model file, both from the evaluation that it was registered with. */
  readonly value?: number;
  readonly sha256?: string;
  /** The sketches of the rows that it was trained and tested on, from the same evaluation. */
  readonly sketches?: Sketches;
  /** Its present approval status. */
  readonly status: string;
}

/** The customer metadata property that names a model's split rule, for models that no pipeline of this repository registered. */
const splitRuleProperty = "splitRule";

/** The keys that are read from the evaluation that a model was registered with. */
const registeredEvaluation = z.looseObject({
  test: z.object({ split_rule: z.string().min(1) }).optional(),
  model: z.object({ sha256: z.string() }).optional(),
  sketches: sketchesSchema.optional().catch(undefined),
});

function broken(arn: string, problem: string): ExitError {
  return new ExitError(
    exitCode.evaluation,
    `The approved model ${arn} ${problem}, so nothing can be compared with it: reject it, approve another, or give --baseline ARN.`,
  );
}

function parsedEvaluation(arn: string, uri: string, text: string) {
  try {
    const document: unknown = JSON.parse(text);
    return { document, ...registeredEvaluation.parse(document) };
  } catch {
    throw broken(arn, `was registered with the evaluation ${uri}, which cannot be read`);
  }
}

function registeredValue(document: unknown, path: string): number | undefined {
  try {
    return metricValue(document, path);
  } catch {
    return undefined;
  }
}

/** Reads the evaluation that a model was registered with: the `ModelQuality` statistics of its package. */
async function record({ s3 }: AwsClients, arn: string, described: DescribeModelPackageOutput, path: string) {
  const uri = evaluationUri(described);
  const named = described.CustomerMetadataProperties?.[splitRuleProperty];
  if (uri === undefined) return { splitRule: named };
  const text = await readText(s3, uri);
  if (text === undefined) throw broken(arn, `was registered with the evaluation ${uri}, which is gone`);
  const { document, test, model, sketches } = parsedEvaluation(arn, uri, text);
  const value = registeredValue(document, path);
  return {
    splitRule: named ?? test?.split_rule,
    ...defined({ value, sha256: model?.sha256, sketches }),
  };
}

/**
 * Reads a model package, the location of its model, and the evaluation that it was registered with.
 *
 * @throws ExitError (5) if its model or its evaluation is gone or incomplete, (2) if the package does not exist, (6) if an AWS
 *   call fails
 */
export async function approvedModel(clients: AwsClients, arn: string, gate: GateOutputs): Promise<ApprovedModel> {
  const described = await describedModel(clients, arn);
  const modelUrl = described.InferenceSpecification?.Containers?.[0]?.ModelDataUrl;
  if (modelUrl === undefined) throw broken(arn, "names no model data");
  const { splitRule, ...known } = await record(clients, arn, described, gate.evaluation.value);
  if (splitRule === undefined)
    throw broken(
      arn,
      `names no split rule, neither in the evaluation it was registered with nor as its customer metadata property ${splitRuleProperty}`,
    );
  if (!(await exists(clients.s3, modelUrl))) throw broken(arn, `has its model at ${modelUrl}, which is gone`);
  return { modelPackageArn: arn, modelUrl, splitRule, ...known, status: described.ModelApprovalStatus ?? "unknown" };
}
