import { basename } from "node:path/posix";
import { arnParts } from "../../service-model/arn.ts";
import type { Caller, IamCall } from "./recorded-call.ts";
import type { Denial } from "./simulator.ts";

/** The error for a call that a role's policies do not allow, with IAM's own message. */
export class AccessDenied extends Error {
  override readonly name = "AccessDenied";
  readonly call: IamCall;

  constructor(caller: Caller, call: IamCall, denial: Denial) {
    super(deniedText(caller, call, denial));
    this.call = call;
  }
}

const kinds = {
  identity: ["identity-based policy", "an identity-based policy"],
  boundary: ["permissions boundary", "a permissions boundary"],
  resource: ["resource-based policy", "a resource-based policy"],
} as const;

/**
 * Returns IAM's message about a denied call. Only S3 puts the resource in quotes.
 * Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html and
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html
 */
function deniedText(caller: Caller, { action, resource }: IamCall, { policy, explicit }: Denial): string {
  const [none, one] = kinds[policy];
  const why = explicit ? `with an explicit deny in ${one}` : `because no ${none} allows the ${action} action`;
  const what = action.startsWith("s3:") ? `"${resource}"` : resource;
  return `User: ${sessionArn(caller)} is not authorized to perform: ${action} on resource: ${what} ${why}`;
}

/**
 * Returns the ARN of a role's session. It does not contain the role's path.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
 */
export function sessionArn({ role, session = "SageMaker" }: Caller): string {
  return `arn:aws:sts::${arnParts(role).account}:assumed-role/${basename(role)}/${session}`;
}

/**
 * The error for a role that SageMaker cannot assume, with SageMaker's own message.
 * Source: https://github.com/awslabs/predictive-maintenance-using-machine-learning/issues/3 (CreateTransformJob)
 */
export class RoleNotAssumable extends Error {
  override readonly name = "RoleNotAssumable";

  constructor(role: string) {
    super(
      `Could not assume role ${role}. Please ensure that the role exists and allows principal 'sagemaker.amazonaws.com' to assume the role.`,
    );
  }
}
