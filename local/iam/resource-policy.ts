import { arnParts } from "../../service-model/arn.ts";

/** Returns KMS's default key policy. It lets the account's IAM policies decide, which they cannot do without it. */
function keyPolicy(account: string): object {
  const Principal = { AWS: `arn:aws:iam::${account}:root` };
  return { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal, Action: "kms:*", Resource: "*" }] };
}

/**
 * Returns a policy with which another account shares its resource with everybody, as AWS shares its images. With it,
 * the role's own policy decides. Without it, IAM denies every call to another account.
 */
function sharedPolicy(service: string): object {
  // An ECR repository's policy has no Resource element.
  const of = service === "ecr" ? {} : { Resource: "*" };
  const statement = { Effect: "Allow", Principal: "*", Action: `${service}:*`, ...of };
  return { Version: "2012-10-17", Statement: [statement] };
}

/**
 * Returns the policy to assume for a resource without a policy of its own, or undefined if none is needed.
 * Source: https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export function resourcePolicy(action: string, resource: string, principal: string): object | undefined {
  const [service = ""] = action.split(":");
  if (service === "kms") return keyPolicy(arnParts(principal).account);
  // Only resources of other accounts get the shared policy. In the role's own account it would allow every call.
  // The ARN of a bucket contains no account.
  const owner = arnParts(resource).account;
  return owner === "" || owner === arnParts(principal).account ? undefined : sharedPolicy(service);
}
