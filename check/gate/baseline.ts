import type { ModelPackageSummary, SageMakerClient } from "@aws-sdk/client-sagemaker";
import type { AwsClients } from "../../aws/clients.ts";
import { aws } from "../../aws/error.ts";
import { listModelPackages } from "../../aws/list-model-packages.ts";
import { ExitError, exitCode } from "../../exit-code.ts";
import { defined } from "../../service-model/defined.ts";
import type { PipelineOutputs } from "../../stack-outputs.ts";
import { type BaselineOption, noBaseline } from "../execution/baseline-option.ts";
import { type ApprovedModel, approvedModel } from "./approved-model.ts";
import { bestModel } from "./best-model.ts";
import { limitName } from "./verdict.ts";

/** The approved models that a candidate is compared with. */
export interface Baselines {
  readonly baseline?: ApprovedModel;
  /** The best model that ever was approved, where that is another one than the baseline. */
  readonly best?: ApprovedModel;
  /** How they were found, in sentences. */
  readonly notes: readonly string[];
}

/** Models that are read at the same time; each is a call of SageMaker and two of S3. */
const readTogether = 4;

/** The approved packages of a group, the latest first. Packages of one second are in the order of their versions. */
async function approvedPackages(sagemaker: SageMakerClient, group: string): Promise<readonly string[]> {
  const packages = await listModelPackages(sagemaker, group, { approval: "Approved" });
  const time = ({ CreationTime }: ModelPackageSummary) => CreationTime?.getTime() ?? 0;
  return packages
    .toSorted((a, b) => time(b) - time(a) || (b.ModelPackageVersion ?? 0) - (a.ModelPackageVersion ?? 0))
    .flatMap(({ ModelPackageArn }) => ModelPackageArn ?? []);
}

/** What is known of each model; undefined of one whose own record is broken. */
async function known(clients: AwsClients, arns: readonly string[], gate: PipelineOutputs["gate"]) {
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
 * The models to compare a candidate of a pipeline with: as the baseline the one that is given, else the latest approved
 * one of the group; and the best of all that are approved, by the evaluations they were registered with.
 *
 * @param given the ARN of a model package, or `none`
 * @param own those that the execution itself has registered: it has not compared with them
 * @throws ExitError (5) if the baseline is broken, (2) if there is no such package, (6) if AWS cannot be asked
 */
export async function findBaselines(
  clients: AwsClients,
  { modelPackageGroup: group, gate }: PipelineOutputs,
  given?: BaselineOption,
  own: readonly string[] = [],
): Promise<Baselines> {
  const limit = limitName(gate.direction);
  if (given === noBaseline) return { notes: [`By --baseline ${noBaseline} the ${limit} alone decided.`] };
  const all = await aws(`Reading the models of ${group}`, () => approvedPackages(clients.sagemaker, group));
  const approved = all.filter((arn) => !own.includes(arn));
  const arn = given ?? approved[0];
  if (arn === undefined)
    return { notes: [`There is no approved model to compare with yet, so the ${limit} alone decided.`] };
  const baseline = await approvedModel(clients, arn, gate);
  const others = await known(
    clients,
    approved.filter((other) => other !== arn),
    gate,
  );
  const { best, notes } = bestModel(baseline, others, gate.direction);
  const status = baseline.status === "Approved" ? "" : `, and is ${baseline.status}`;
  return {
    baseline,
    ...defined({ best }),
    notes: [...(given === undefined ? [] : [`The baseline was given, ${arn}${status}.`]), ...notes],
  };
}
