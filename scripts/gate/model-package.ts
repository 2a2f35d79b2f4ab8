import {
  DeleteModelPackageCommand,
  DescribeModelPackageCommand,
  type ModelApprovalStatus,
  type SageMakerClient,
  UpdateModelPackageCommand,
} from "@aws-sdk/client-sagemaker";
import { aws, isNotThere } from "../aws/error.ts";
import type { EndedExecution } from "../execution/follow-execution.ts";
import { metadataOf, type Provenance } from "../provenance/provenance.ts";
import type { Verdict } from "./verdict.ts";

/** The model package that an execution registered, if it did. */
export function registeredPackage(execution: EndedExecution, registerStep: string): string | undefined {
  const step = execution.steps.find(({ StepName }) => StepName === registerStep);
  return step?.Metadata?.RegisterModel?.Arn;
}

export type PackageAction = "approved" | "rejected" | "removed" | "left for a person to approve";

export interface PackageDecision {
  readonly sagemaker: SageMakerClient;
  readonly modelPackageArn: string;
  readonly verdict: Verdict;
  readonly approveModels: boolean;
  /** Where the model comes from, to be left on the package. */
  readonly provenance: Provenance;
  /** The verdict that an earlier check of the same execution has acted on. */
  readonly settled?: string | undefined;
}

async function currentAction(sagemaker: SageMakerClient, ModelPackageName: string): Promise<PackageAction> {
  const described = await aws(`Reading ${ModelPackageName}`, () =>
    sagemaker.send(new DescribeModelPackageCommand({ ModelPackageName })).catch((error: unknown) => {
      if (isNotThere(error)) return undefined;
      throw error;
    }),
  );
  if (described === undefined) return "removed";
  if (described.ModelApprovalStatus === "Approved") return "approved";
  return described.ModelApprovalStatus === "Rejected" ? "rejected" : "left for a person to approve";
}

async function remove(sagemaker: SageMakerClient, ModelPackageName: string): Promise<PackageAction> {
  await aws(`Removing the duplicate ${ModelPackageName}`, () =>
    sagemaker.send(new DeleteModelPackageCommand({ ModelPackageName })).catch((error: unknown) => {
      // Another check of the same execution was faster.
      if (!isNotThere(error)) throw error;
    }),
  );
  return "removed";
}

function approval({ verdict, approveModels }: PackageDecision): ModelApprovalStatus | undefined {
  if (!approveModels || verdict.name === "inconclusive") return undefined;
  return verdict.name === "pass" ? "Approved" : "Rejected";
}

/**
 * Does with a registered model what the verdict asks for, and leaves on it where it comes from. One that is the approved
 * model already is removed, as a duplicate. Approving and rejecting happens only where the stack says so; what is
 * inconclusive is a person's choice. A verdict is acted on once: what a person did since stays.
 */
export async function decideOnPackage(decision: PackageDecision): Promise<PackageAction> {
  const { sagemaker, modelPackageArn, verdict, provenance, settled } = decision;
  if (settled === verdict.name) return currentAction(sagemaker, modelPackageArn);
  if (verdict.name === "unchanged") return remove(sagemaker, modelPackageArn);
  const status = approval(decision);
  await aws(`Updating ${modelPackageArn} (sagemaker:UpdateModelPackage)`, () =>
    sagemaker.send(
      new UpdateModelPackageCommand({
        ModelPackageArn: modelPackageArn,
        CustomerMetadataProperties: metadataOf(provenance),
        ...(status === undefined
          ? {}
          : {
              ModelApprovalStatus: status,
              // The service takes at most 1,024 characters.
              ApprovalDescription: verdict.reasons.join(" ").slice(0, 1024),
            }),
      }),
    ),
  );
  if (status === undefined) return "left for a person to approve";
  return status === "Approved" ? "approved" : "rejected";
}
