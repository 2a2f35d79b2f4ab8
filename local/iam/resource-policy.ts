import { arnParts } from "../../service-model/arn.ts";

/** A key's policy as KMS makes it: the account's own policies decide. Without it they do not. */
function keyPolicy(account: string): object {
  const Principal = { AWS: `arn:aws:iam::${account}:root` };
  return { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal, Action: "kms:*", Resource: "*" }] };
}

/**
 * A resource of another account as its owner shares it with everybody, as AWS does its images: so that the role's own
 * policy decides. Without it every call to another account would be denied, whatever the role's policy says.
 */
function sharedPolicy(service: string): object {
  // A repository's policy names no resource: it is the repository's own.
  const of = service === "ecr" ? {} : { Resource: "*" };
  const statement = { Effect: "Allow", Principal: "*", Action: `${service}:*`, ...of };
  return { Version: "2012-10-17", Statement: [statement] };
}

/**
 * The policy that a resource has when nobody gave it one of its own; undefined where it has none.
 * Source: https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export function resourcePolicy(action: string, resource: string, principal: string): object | undefined {
  const [service = ""] = action.split(":");
  if (service === "kms") return keyPolicy(arnParts(principal).account);
  // In its own account that policy would allow it alone. Buckets' ARNs name no account.
  const owner = arnParts(resource).account;
  return owner === "" || owner === arnParts(principal).account ? undefined : sharedPolicy(service);
}
