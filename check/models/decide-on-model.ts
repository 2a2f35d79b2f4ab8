import { UpdateModelPackageCommand } from "@aws-sdk/client-sagemaker";
import type { AwsClients } from "../../aws/clients.ts";
import { describedModel } from "../../aws/described-model.ts";
import { aws } from "../../aws/error.ts";
import { ExitError, exitCode } from "../../exit-code.ts";
import { provenanceIn } from "../execution/provenance.ts";
import { descriptionCharacters, ownWords } from "../gate/package-decision.ts";

/** A person's decision on a registered model. */
export interface Decision {
  readonly status: "Approved" | "Rejected";
  readonly reason: string;
}

/** Checks that SageMaker accepts a reason, and that a check will not take it for its own. @throws ExitError (2) */
export function checkReason(reason: string | undefined): string {
  const usage = (problem: string) => new ExitError(exitCode.usage, `--reason ${problem}.`);
  if (reason === undefined || reason.trim() === "") throw usage("is missing: say why, in one line");
  if (/[\r\n]/.test(reason)) throw usage("has several lines, which SageMaker rejects: write one line");
  if (reason.length > descriptionCharacters)
    throw usage(`has ${reason.length} characters; SageMaker takes at most ${descriptionCharacters}: shorten it`);
  if (reason.startsWith(ownWords))
    throw usage(`begins with "${ownWords}", which only checks write: use your own words`);
  return reason;
}

/**
 * Sets the approval status of a model and the reason. A check recognises that these are not its own and keeps them
 * (`packageDecision`). Does nothing if both are set already.
 *
 * @returns what was done, as a sentence
 * @throws ExitError (2) if the model does not exist, (6) if an AWS call fails
 */
export async function decideOnModel(clients: AwsClients, arn: string, { status, reason }: Decision): Promise<string> {
  const described = await describedModel(clients, arn);
  const {
    ModelApprovalStatus: before = "without a status",
    CustomerMetadataProperties,
    ApprovalDescription,
  } = described;
  if (before === status && ApprovalDescription === reason) return `${arn} is ${status} for this reason already.`;
  const update = { ModelPackageArn: arn, ModelApprovalStatus: status, ApprovalDescription: reason };
  await aws(`Updating ${arn} (sagemaker:UpdateModelPackage)`, () =>
    clients.sagemaker.send(new UpdateModelPackageCommand(update)),
  );
  const { verdict } = provenanceIn(CustomerMetadataProperties);
  return `${arn} is now ${status}. It was ${before}${verdict === undefined ? ", and no check has judged it" : `; the check's verdict was ${verdict}`}.`;
}
