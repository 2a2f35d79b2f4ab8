import type {
  DescribeModelPackageOutput,
  ModelApprovalStatus,
  UpdateModelPackageCommandInput,
} from "@aws-sdk/client-sagemaker";
import { metadataOf, type Provenance, provenanceIn } from "../execution/provenance.ts";
import type { Verdict } from "./verdict.ts";

/** The action on a model that a person has to decide on. */
export const leftToPerson = "left for a person to approve";

/** The action on a registered model, in words. */
export type PackageAction = "approved" | "rejected" | "removed" | typeof leftToPerson | `left ${string}`;

/** The update of a registered model, and the action to report. */
export interface PackageDecision {
  readonly action: PackageAction;
  /** The update; absent if it would change nothing. An unnecessary update would trigger deployments that listen for its event. */
  readonly update?: UpdateModelPackageCommandInput;
}

export interface PackageSituation {
  /** The present state of the package. */
  readonly modelPackage: Pick<
    DescribeModelPackageOutput,
    "ModelPackageArn" | "ModelApprovalStatus" | "ApprovalDescription" | "CustomerMetadataProperties"
  >;
  readonly verdict: Pick<Verdict, "name" | "reasons">;
  /** Whether the stack lets the check approve and reject models. */
  readonly approveModels: boolean;
  /** The origin of the model, to be recorded on the package. */
  readonly provenance: Provenance;
}

type ModelPackage = PackageSituation["modelPackage"];

const pending: ModelApprovalStatus = "PendingManualApproval";

function statusOf({ ModelApprovalStatus = pending }: ModelPackage): ModelApprovalStatus {
  return ModelApprovalStatus;
}

/** The first words of every description that a check writes. Any other description is a person's. */
export const ownWords = "Stack check: ";

/** Source: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_UpdateModelPackage.html (ApprovalDescription) */
export const descriptionCharacters = 1024;

/** Tells whether only pipelines and checks have changed a package. If not, a person has decided on it. */
export function isOwn(modelPackage: ModelPackage): boolean {
  const { approval } = provenanceIn(modelPackage.CustomerMetadataProperties);
  if (approval === undefined) return statusOf(modelPackage) === pending;
  const { ApprovalDescription: words = ownWords } = modelPackage;
  return statusOf(modelPackage) === approval && words.startsWith(ownWords);
}

function wantedStatus({ name }: PackageSituation["verdict"]): ModelApprovalStatus {
  if (name === "inconclusive") return pending;
  return name === "pass" ? "Approved" : "Rejected";
}

/** Tells whether an update would change nothing. */
function isDone(modelPackage: ModelPackage, update: UpdateModelPackageCommandInput): boolean {
  const { ApprovalDescription: words, CustomerMetadataProperties: wanted = {} } = update;
  const there = modelPackage.CustomerMetadataProperties ?? {};
  return (
    (words === undefined || words === modelPackage.ApprovalDescription) &&
    Object.entries(wanted).every(([key, value]) => there[key] === value)
  );
}

const actions = { Approved: "approved", Rejected: "rejected", [pending]: leftToPerson } as const;
const states = { Approved: "approved", Rejected: "rejected", [pending]: "pending" } as const;

/**
 * Decides on a registered model according to the verdict. A duplicate of the approved model is removed. Other models are
 * approved or rejected if the stack allows it, even if an earlier check with other thresholds decided differently. An
 * inconclusive model is left for a person, and a person's decision always stays. The model's origin is always recorded.
 */
export function packageDecision({
  modelPackage,
  verdict,
  approveModels,
  provenance,
}: PackageSituation): PackageDecision {
  const own = isOwn(modelPackage);
  if (own && verdict.name === "unchanged") return { action: "removed" };
  const status = own && approveModels ? wantedStatus(verdict) : statusOf(modelPackage);
  const decided = {
    ApprovalDescription: `${ownWords}${verdict.name}. ${verdict.reasons.join(" ")}`.slice(0, descriptionCharacters),
    // The check's role may not set a status if the stack does not let its checks approve.
    ...(approveModels ? { ModelApprovalStatus: status } : {}),
  };
  const update = {
    ModelPackageArn: modelPackage.ModelPackageArn,
    CustomerMetadataProperties: metadataOf(own ? { ...provenance, approval: status } : provenance),
    ...(own ? decided : {}),
  };
  return { action: actionOf(own, approveModels, status), ...(isDone(modelPackage, update) ? {} : { update }) };
}

function actionOf(own: boolean, approveModels: boolean, status: ModelApprovalStatus): PackageAction {
  if (!own) return `left ${states[status]}, because a person decided`;
  if (!approveModels && status !== pending) return `left ${states[status]}, because checks of this stack do not decide`;
  return actions[status];
}
