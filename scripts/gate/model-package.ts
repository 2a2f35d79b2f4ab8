import {
  DeleteModelPackageCommand,
  DescribeModelPackageCommand,
  type DescribeModelPackageOutput,
  type ModelApprovalStatus,
  type SageMakerClient,
  UpdateModelPackageCommand,
  type UpdateModelPackageCommandInput,
} from "@aws-sdk/client-sagemaker";
import { aws, isNotThere } from "../aws/error.ts";
import type { EndedExecution } from "../execution/follow-execution.ts";
import { metadataOf, type Provenance, provenanceIn } from "../provenance/provenance.ts";
import type { Verdict } from "./verdict.ts";

/** The model package that an execution registered, if it did. */
export function registeredPackage(execution: EndedExecution, registerStep: string): string | undefined {
  const step = execution.steps.find(({ StepName }) => StepName === registerStep);
  return step?.Metadata?.RegisterModel?.Arn;
}

/** What became of a registered model, in words. */
export type PackageAction = "approved" | "rejected" | "removed" | "left for a person to approve" | `left ${string}`;

export interface PackageDecision {
  readonly sagemaker: SageMakerClient;
  readonly modelPackageArn: string;
  /** The package as it is; undefined if it is gone. */
  readonly found: DescribeModelPackageOutput | undefined;
  readonly verdict: Verdict;
  readonly approveModels: boolean;
  /** Where the model comes from, to be left on the package. */
  readonly provenance: Provenance;
}

/** A package as it is; undefined if it is gone. @throws ExitError (6) if AWS cannot be asked */
export async function describedPackage(
  sagemaker: SageMakerClient,
  ModelPackageName: string,
): Promise<DescribeModelPackageOutput | undefined> {
  return aws(`Reading ${ModelPackageName}`, () =>
    sagemaker.send(new DescribeModelPackageCommand({ ModelPackageName })).catch((error: unknown) => {
      if (isNotThere(error)) return undefined;
      throw error;
    }),
  );
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

const pending: ModelApprovalStatus = "PendingManualApproval";

function statusOf({ ModelApprovalStatus = pending }: DescribeModelPackageOutput): ModelApprovalStatus {
  return ModelApprovalStatus;
}

/** How a check's own descriptions begin: another one is a person's. */
const ownWords = "Stack check: ";

/** Whether a package is as it was registered, or as a check left it; else somebody has decided on it. */
function isOwn(found: DescribeModelPackageOutput): boolean {
  const { approval } = provenanceIn(found.CustomerMetadataProperties);
  if (approval === undefined) return statusOf(found) === pending;
  const { ApprovalDescription: words = ownWords } = found;
  return statusOf(found) === approval && words.startsWith(ownWords);
}

function wantedStatus({ name }: Verdict): ModelApprovalStatus {
  if (name === "inconclusive") return pending;
  return name === "pass" ? "Approved" : "Rejected";
}

/** What stands on a package already is not written again: each update is an event to whoever deploys by them. */
function isDone(found: DescribeModelPackageOutput, update: UpdateModelPackageCommandInput): boolean {
  const { ModelApprovalStatus: status, ApprovalDescription: words, CustomerMetadataProperties: wanted = {} } = update;
  const there = found.CustomerMetadataProperties ?? {};
  return (
    (status === undefined || status === statusOf(found)) &&
    (words === undefined || words === found.ApprovalDescription) &&
    Object.entries(wanted).every(([key, value]) => there[key] === value)
  );
}

const actions = { Approved: "approved", Rejected: "rejected", [pending]: "left for a person to approve" } as const;
const states = { Approved: "approved", Rejected: "rejected", [pending]: "pending" } as const;

/**
 * Does with a registered model what the verdict asks for, and leaves on it where it comes from. One that is the approved
 * model already is removed, as a duplicate. Approving and rejecting happens only where the stack says so, and then also takes
 * back what an earlier check of the same execution decided by other thresholds; what is inconclusive is a person's choice.
 * What a person decided stays, whatever the verdict.
 *
 * @throws ExitError (6) if AWS refuses
 */
export async function decideOnPackage(decision: PackageDecision): Promise<PackageAction> {
  const { sagemaker, modelPackageArn, found, verdict, approveModels, provenance } = decision;
  if (found === undefined) return "removed";
  const own = isOwn(found);
  if (own && verdict.name === "unchanged") return remove(sagemaker, modelPackageArn);
  const status = approveModels && own ? wantedStatus(verdict) : statusOf(found);
  const decided = {
    // The service takes at most 1,024 characters.
    ApprovalDescription: `${ownWords}${verdict.name}. ${verdict.reasons.join(" ")}`.slice(0, 1024),
    // A stack whose checks do not approve does not let them name a status either.
    ...(approveModels ? { ModelApprovalStatus: status } : {}),
  };
  const update = {
    ModelPackageArn: modelPackageArn,
    CustomerMetadataProperties: metadataOf(own ? { ...provenance, approval: status } : provenance),
    ...(own ? decided : {}),
  };
  if (!isDone(found, update))
    await aws(`Updating ${modelPackageArn} (sagemaker:UpdateModelPackage)`, () =>
      sagemaker.send(new UpdateModelPackageCommand(update)),
    );
  if (!own) return `left ${states[status]}, as somebody decided`;
  if (!approveModels && status !== pending) return `left ${states[status]}, as no check of this stack decides now`;
  return actions[status];
}
