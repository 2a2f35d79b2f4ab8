import {
  DeleteModelPackageCommand,
  DescribeModelPackageCommand,
  type DescribeModelPackageOutput,
  type SageMakerClient,
  UpdateModelPackageCommand,
} from "@aws-sdk/client-sagemaker";
import type { AwsClients } from "../../aws/clients.ts";
import { notLongAfterAbort } from "../../aws/clock.ts";
import { aws } from "../../aws/error.ts";
import { isNotFound } from "../../service-model/not-found.ts";
import type { EndedExecution } from "../execution/follow-execution.ts";
import { checkEvaluatedModel } from "./evaluated-model.ts";
import { type PackageAction, type PackageSituation, packageDecision } from "./package-decision.ts";

/** Returns the ARN of the model package that an execution registered; undefined if it registered none. */
export function registeredPackage(execution: EndedExecution, registerStep: string): string | undefined {
  const step = execution.steps.find(({ StepName }) => StepName === registerStep);
  return step?.Metadata?.RegisterModel?.Arn;
}

/** Reads the present state of a package; undefined if it is gone. */
async function describedPackage(
  sagemaker: SageMakerClient,
  ModelPackageName: string,
): Promise<DescribeModelPackageOutput | undefined> {
  return aws(`Reading ${ModelPackageName}`, () =>
    sagemaker.send(new DescribeModelPackageCommand({ ModelPackageName })).catch((error: unknown) => {
      if (isNotFound(error)) return undefined;
      throw error;
    }),
  );
}

async function remove(sagemaker: SageMakerClient, ModelPackageName: string): Promise<void> {
  await aws(`Removing the duplicate ${ModelPackageName}`, () =>
    sagemaker.send(new DeleteModelPackageCommand({ ModelPackageName })).catch((error: unknown) => {
      // Another check of the same execution has already removed it.
      if (!isNotFound(error)) throw error;
    }),
  );
}

/** The time to finish hashing the model after an interrupt, in milliseconds, because the verdict is almost complete. */
const hashing = 4000;

export interface DecisionOptions extends Omit<PackageSituation, "modelPackage"> {
  readonly clients: AwsClients;
  readonly signal: AbortSignal;
  readonly modelPackageArn: string;
}

/**
 * Checks that a registered model is the evaluated one, and then carries out {@link packageDecision}. Does nothing if the package
 * is gone.
 *
 * @throws ExitError (5) if the model differs, (6) if AWS rejects a call; the reason of the signal some time after it is aborted
 */
export async function decideOnPackage({ modelPackageArn, ...options }: DecisionOptions): Promise<PackageAction> {
  const { clients, signal, verdict, provenance } = options;
  const { sagemaker, clock } = clients;
  const registered = await describedPackage(sagemaker, modelPackageArn);
  // The model of a regression is not checked, because it is rejected anyway.
  if (registered !== undefined && verdict.name !== "regression")
    await notLongAfterAbort({ clock, signal }, hashing, checkEvaluatedModel(clients, registered, provenance.model));
  // The package is read again, because a person may have decided while a large model was downloaded.
  const modelPackage = await describedPackage(sagemaker, modelPackageArn);
  if (modelPackage === undefined) return "removed";
  const { action, update } = packageDecision({ ...options, modelPackage });
  if (action === "removed") await remove(sagemaker, modelPackageArn);
  if (update !== undefined)
    await aws(`Updating ${modelPackageArn} (sagemaker:UpdateModelPackage)`, () =>
      sagemaker.send(new UpdateModelPackageCommand(update)),
    );
  return action;
}
