import { DescribeModelPackageCommand, type ModelPackageSummary } from "@aws-sdk/client-sagemaker";
import type { AwsClients } from "../../../aws/clients.ts";
import { evaluationUri } from "../../../aws/described-model.ts";
import { defined } from "../../../service-model/defined.ts";
import { eachModel } from "../../models/each-model.ts";
import type { RegisteredModel } from "../content/report.ts";
import { NotThere } from "./not-there.ts";
import { readSmallText } from "./read-small-text.ts";

const mostModels = 50;

/** Returns the gate's metric in the text of an evaluation. Throws if it is missing. */
export type Measure = (evaluation: string) => number;

/** Reads the metric from the evaluation that a model was registered with; undefined if it cannot be read. */
async function measuredValue(
  { sagemaker, s3 }: AwsClients,
  modelPackageArn: string,
  measure: Measure,
): Promise<number | undefined> {
  try {
    const described = await sagemaker.send(new DescribeModelPackageCommand({ ModelPackageName: modelPackageArn }));
    const uri = evaluationUri(described);
    return uri === undefined ? undefined : measure(await readSmallText(s3, uri));
  } catch {
    return undefined;
  }
}

/**
 * Reads the newest models of a group with their metrics at registration, the oldest first.
 *
 * @throws NotThere if the group has no model whose evaluation can be read
 */
export async function readModels(
  clients: AwsClients,
  group: string,
  measure: Measure,
): Promise<readonly RegisteredModel[]> {
  const read = async (model: ModelPackageSummary): Promise<RegisteredModel | undefined> => {
    const { ModelPackageArn, ModelPackageVersion, ModelApprovalStatus = "unknown", CreationTime } = model;
    if (ModelPackageArn === undefined || ModelPackageVersion === undefined) return undefined;
    const value = await measuredValue(clients, ModelPackageArn, measure);
    return {
      version: ModelPackageVersion,
      modelPackageArn: ModelPackageArn,
      approval: ModelApprovalStatus,
      ...defined({ registered: CreationTime?.toISOString(), value }),
    };
  };
  const models = await eachModel(clients.sagemaker, group, mostModels, read);
  const readable = models.filter((model) => model !== undefined).reverse();
  if (readable.every(({ value }) => value === undefined))
    throw new NotThere(`the group ${group} has no model whose evaluation can be read`);
  return readable;
}
