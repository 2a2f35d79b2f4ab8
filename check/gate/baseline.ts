import type { ModelPackageSummary, SageMakerClient } from "@aws-sdk/client-sagemaker";
import { isSameArn } from "../../aws/arn.ts";
import type { AwsClients } from "../../aws/clients.ts";
import { aws } from "../../aws/error.ts";
import { listModelPackages } from "../../aws/list-model-packages.ts";
import { ExitError, exitCode } from "../../exit-code.ts";
import { defined } from "../../service-model/defined.ts";
import type { GatedPipeline, GateOutputs } from "../../stack-outputs.ts";
import { type BaselineOption, noBaseline } from "../execution/baseline-option.ts";
import { type ApprovedModel, approvedModel } from "./approved-model.ts";
import { bestModel } from "./best-model.ts";
import { limitName } from "./verdict.ts";

/** The approved models to compare with a candidate. */
export interface Baselines {
  readonly baseline?: ApprovedModel;
  /** The best approved model, if it is not the baseline. */
  readonly best?: ApprovedModel;
  /** Sentences about how these models were chosen. */
  readonly notes: readonly string[];
}

/** The number of models that are read at the same time. Each takes one call of SageMaker and two of S3. */
const readTogether = 4;

/** Lists the approved packages of a group, the latest first. Sorts packages of the same second by version. */
async function approvedPackages(sagemaker: SageMakerClient, group: string): Promise<readonly string[]> {
  const packages = await listModelPackages(sagemaker, group, { approval: "Approved" });
  const time = ({ CreationTime }: ModelPackageSummary) => CreationTime?.getTime() ?? 0;
  return packages
    .toSorted((a, b) => time(b) - time(a) || (b.ModelPackageVersion ?? 0) - (a.ModelPackageVersion ?? 0))
    .flatMap(({ ModelPackageArn }) => ModelPackageArn ?? []);
}

/** Reads each model; undefined for a model whose evaluation or model file cannot be read. */
async function known(clients: AwsClients, arns: readonly string[], gate: GateOutputs) {
  const models: (ApprovedModel | undefined)[] = [];
  for (let start = 0; start < arns.length; start += readTogether)
    models.push(
      ...(await Promise.all(
        arns.slice(start, start + readTogether).map((arn) =>
          approvedModel(clients, arn, gate).catch((error: unknown) => {
            if (error instanceof ExitError && error.code === exitCode.evaluation) return undefined;
            throw error;
          }),
        ),
      )),
    );
  return models;
}

/**
 * Finds the models to compare with a candidate. The baseline is the given model, or the latest approved one of the group. The
 * best model is the approved one with the best metric at its registration.
 *
 * @param given the ARN of a model package, or `none`
 * @param own the packages that the execution itself registered, which cannot be its baseline
 * @throws ExitError (5) if the baseline's data is unreadable, (2) if its package does not exist, (6) if an AWS call fails
 */
export async function findBaselines(
  clients: AwsClients,
  { modelPackageGroup: group, gate }: GatedPipeline,
  given?: BaselineOption,
  own: readonly string[] = [],
): Promise<Baselines> {
  const limit = limitName(gate.direction);
  if (given === noBaseline) return { notes: [`With --baseline ${noBaseline}, only the ${limit} decided.`] };
  const all = await aws(`Reading the models of ${group}`, () => approvedPackages(clients.sagemaker, group));
  const approved = all.filter((arn) => !own.some((one) => isSameArn(one, arn)));
  const arn = given ?? approved[0];
  if (arn === undefined)
    return { notes: [`There is no approved model to compare with yet, so only the ${limit} decided.`] };
  const baseline = await approvedModel(clients, arn, gate);
  const others = await known(
    clients,
    approved.filter((other) => !isSameArn(other, arn)),
    gate,
  );
  const { best, notes } = bestModel(baseline, others, gate.direction);
  const status = baseline.status === "Approved" ? "" : `, whose status is ${baseline.status}`;
  return {
    baseline,
    ...defined({ best }),
    notes: [...(given === undefined ? [] : [`The baseline was given with --baseline: ${arn}${status}.`]), ...notes],
  };
}
