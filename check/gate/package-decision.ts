import type {
  DescribeModelPackageOutput,
  ModelApprovalStatus,
  UpdateModelPackageCommandInput,
} from "@aws-sdk/client-sagemaker";
import { metadataOf, type Provenance, provenanceIn } from "../execution/provenance.ts";
import type { Verdict } from "./verdict.ts";

/** What became of a registered model, in words. */
export type PackageAction = "approved" | "rejected" | "removed" | "left for a person to approve" | `left ${string}`;

/** What is to be done with a registered model, and what has become of it then. */
export interface PackageDecision {
  readonly action: PackageAction;
  /** What is to be written, where it does not stand there already: each update is an event to whoever deploys by them. */
  readonly update?: UpdateModelPackageCommandInput;
}

export interface PackageSituation {
  /** The package as it is. */
  readonly modelPackage: Pick<
    DescribeModelPackageOutput,
    "ModelPackageArn" | "ModelApprovalStatus" | "ApprovalDescription" | "CustomerMetadataProperties"
  >;
  readonly verdict: Pick<Verdict, "name" | "reasons">;
  /** Whether the stack lets its check decide. */
  readonly approveModels: boolean;
  /** Where the model comes from, to be left on the package. */
  readonly provenance: Provenance;
}

type ModelPackage = PackageSituation["modelPackage"];

const pending: ModelApprovalStatus = "PendingManualApproval";

function statusOf({ ModelApprovalStatus = pending }: ModelPackage): ModelApprovalStatus {
  return ModelApprovalStatus;
}

/** How a check's own descriptions begin: another one is a person's. */
const ownWords = "Stack check: ";

/** Source: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_UpdateModelPackage.html (ApprovalDescription) */
const descriptionCharacters = 1024;

/** Whether a package is as it was registered, or as a check left it; else somebody has decided on it. */
function isOwn(modelPackage: ModelPackage): boolean {
  const { approval } = provenanceIn(modelPackage.CustomerMetadataProperties);
  if (approval === undefined) return statusOf(modelPackage) === pending;
  const { ApprovalDescription: words = ownWords } = modelPackage;
  return statusOf(modelPackage) === approval && words.startsWith(ownWords);
}

function wantedStatus({ name }: PackageSituation["verdict"]): ModelApprovalStatus {
  if (name === "inconclusive") return pending;
  return name === "pass" ? "Approved" : "Rejected";
}

/** Whether an update changes nothing; the approval that it sets is among its properties. */
function isDone(modelPackage: ModelPackage, update: UpdateModelPackageCommandInput): boolean {
  const { ApprovalDescription: words, CustomerMetadataProperties: wanted = {} } = update;
  const there = modelPackage.CustomerMetadataProperties ?? {};
  return (
    (words === undefined || words === modelPackage.ApprovalDescription) &&
    Object.entries(wanted).every(([key, value]) => there[key] === value)
  );
}

const actions = { Approved: "approved", Rejected: "rejected", [pending]: "left for a person to approve" } as const;
const states = { Approved: "approved", Rejected: "rejected", [pending]: "pending" } as const;

/**
 * Decides on a registered model by a verdict. One that is the approved model already is removed, as a duplicate. Approving and
 * rejecting happens only where the stack says so, and then also takes back what an earlier check of the same execution decided
 * by other thresholds; what is inconclusive is a person's choice. What a person decided stays, whatever the verdict; where the
 * model comes from is recorded on it in any case.
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
    // A stack whose checks do not approve does not let them name a status either.
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
  if (!own) return `left ${states[status]}, as somebody decided`;
  if (!approveModels && status !== pending) return `left ${states[status]}, as no check of this stack decides now`;
  return actions[status];
}
