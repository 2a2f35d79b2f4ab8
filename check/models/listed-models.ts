import type { ModelPackageSummary } from "@aws-sdk/client-sagemaker";
import type { AwsClients } from "../../aws/clients.ts";
import { describedModel, evaluationUri } from "../../aws/described-model.ts";
import { aws } from "../../aws/error.ts";
import { defined } from "../../service-model/defined.ts";
import type { PipelineOutputs } from "../../stack-outputs.ts";
import { provenanceIn } from "../execution/provenance.ts";
import { metricValue } from "../gate/metric-value.ts";
import { isOwn } from "../gate/package-decision.ts";
import { readText } from "../gate/s3-object.ts";
import { eachModel } from "./each-model.ts";

/** A registered model, for a person who looks for one. */
export interface ListedModel {
  readonly version: number;
  readonly modelPackageArn: string;
  /** Approved, Rejected or PendingManualApproval. */
  readonly status: string;
  /** Whether a person set the status. */
  readonly byPerson: boolean;
  /** The reason of the status. */
  readonly reason?: string;
  readonly registered?: string;
  /** The gate's metric, from the evaluation that the model was registered with; absent if it cannot be read. */
  readonly value?: number;
  /** The verdict and the commit that the last check recorded on the model. */
  readonly verdict?: string;
  readonly commit?: string;
}

/** Reads the metric in an evaluation; undefined if there is none. @throws ExitError (5), (6) if S3 cannot be read */
async function metricIn({ s3 }: AwsClients, uri: string | undefined, path: string): Promise<number | undefined> {
  const text = uri === undefined ? undefined : await readText(s3, uri);
  if (text === undefined) return undefined;
  try {
    return metricValue(JSON.parse(text), path);
  } catch {
    return undefined;
  }
}

/** Lists the newest models of a pipeline's group, the newest first. @throws ExitError (2) if there is no group, (6) if a call fails */
export function listedModels(
  clients: AwsClients,
  group: string,
  gate: PipelineOutputs["gate"],
  most: number,
): Promise<readonly ListedModel[]> {
  const read = async ({ ModelPackageArn = "" }: ModelPackageSummary): Promise<ListedModel> => {
    const described = await describedModel(clients, ModelPackageArn);
    const { ModelPackageVersion = 0, ModelApprovalStatus = "unknown", ApprovalDescription, CreationTime } = described;
    const evaluation = evaluationUri(described);
    const value = gate && (await metricIn(clients, evaluation, gate.evaluation.value));
    const { verdict, commit } = provenanceIn(described.CustomerMetadataProperties);
    return {
      version: ModelPackageVersion,
      modelPackageArn: ModelPackageArn,
      status: ModelApprovalStatus,
      byPerson: !isOwn(described),
      ...defined({ reason: ApprovalDescription, registered: CreationTime?.toISOString(), value, verdict, commit }),
    };
  };
  return aws(`Listing the models of ${group}`, () => eachModel(clients.sagemaker, group, most, read));
}
