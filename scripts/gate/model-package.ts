import {
  DeleteModelPackageCommand,
  type ModelApprovalStatus,
  type SageMakerClient,
  UpdateModelPackageCommand,
} from "@aws-sdk/client-sagemaker";
import { aws } from "../execution/aws-error.ts";
import type { EndedExecution } from "../execution/follow-execution.ts";
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
}

/**
 * Does with a registered model what the verdict asks for: one that is the approved model already is removed, as a
 * duplicate. Approving and rejecting happens only where the stack says so; what is inconclusive is a person's choice.
 */
export async function decideOnPackage(decision: PackageDecision): Promise<PackageAction> {
  const { sagemaker, modelPackageArn, verdict, approveModels } = decision;
  if (verdict.name === "unchanged") {
    await aws(`Removing the duplicate ${modelPackageArn}`, () =>
      sagemaker.send(new DeleteModelPackageCommand({ ModelPackageName: modelPackageArn })),
    );
    return "removed";
  }
  if (!approveModels || verdict.name === "inconclusive") return "left for a person to approve";
  const status: ModelApprovalStatus = verdict.name === "pass" ? "Approved" : "Rejected";
  await aws(`Setting the approval of ${modelPackageArn}`, () =>
    sagemaker.send(
      new UpdateModelPackageCommand({
        ModelPackageArn: modelPackageArn,
        ModelApprovalStatus: status,
        // The service takes at most 1,024 characters.
        ApprovalDescription: verdict.reasons.join(" ").slice(0, 1024),
      }),
    ),
  );
  return status === "Approved" ? "approved" : "rejected";
}
