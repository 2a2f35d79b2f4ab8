import { basename } from "node:path/posix";
import { arnParts } from "../../service-model/arn.ts";
import { defined } from "../../service-model/defined.ts";
import { sessionArn } from "./access-denied.ts";
import type { CallContext, Caller, IamCall } from "./recorded-call.ts";
import { resourcePolicy } from "./resource-policy.ts";
import type { RolePolicies } from "./role-policies.ts";
import type { Question } from "./simulator.ts";

/**
 * Returns the global condition keys of a request. `aws:SecureTransport` is true although the endpoint uses plain HTTP,
 * because the same request to AWS would use TLS.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
function globalContext(caller: Caller, call: IamCall, role: RolePolicies, owner: string, now: Date): CallContext {
  const region = arnParts(call.resource).region || undefined;
  return {
    "aws:CurrentTime": now.toISOString(),
    "aws:EpochTime": String(Math.floor(now.getTime() / 1000)),
    "aws:PrincipalAccount": arnParts(caller.role).account,
    "aws:PrincipalArn": caller.role,
    "aws:PrincipalType": "AssumedRole",
    ...Object.fromEntries(Object.entries(role.tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value])),
    ...defined({ "aws:RequestedRegion": region }),
    "aws:ResourceAccount": owner,
    "aws:SecureTransport": "true",
    "aws:ViaAWSService": "false",
    "aws:userid": `${role.id}:${basename(sessionArn(caller))}`,
    ...(call.action.startsWith("s3:") ? { "s3:ResourceAccount": owner, "s3:authType": "REST-HEADER" } : {}),
  };
}

/**
 * Returns the simulator's question whether a role may make a call.
 *
 * @param bucketPolicy the policy of the bucket in the call, if there is one
 * @param account the endpoint's account, which owns all buckets
 */
export function callQuestion(
  caller: Caller,
  call: IamCall,
  role: RolePolicies,
  { bucketPolicy, account, now }: { readonly bucketPolicy: unknown; readonly account: string; readonly now: Date },
): Question {
  const principal = sessionArn(caller);
  const owner = arnParts(call.resource).account || account;
  const policy = bucketPolicy ?? resourcePolicy(call.action, call.resource, principal);
  const context = { ...globalContext(caller, call, role, owner, now), ...call.context };
  return {
    request: {
      principal,
      action: call.action,
      resource: { resource: call.resource, accountId: owner },
      contextVariables: mutable(context),
    },
    identityPolicies: [...role.identity],
    ...defined({ resourcePolicy: policy, permissionBoundaryPolicies: role.boundary && [role.boundary] }),
  };
}

/**
 * Returns the simulator's question whether SageMaker may assume a role.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/security-confused-deputy-prevention.html
 *
 * @param source the ARN of the pipeline or job for which SageMaker assumes the role
 */
export function trustQuestion(role: RolePolicies, source: string): Question {
  const context = {
    "aws:SourceAccount": arnParts(source).account,
    "aws:SourceArn": source,
    "aws:SecureTransport": "true",
  };
  return {
    request: {
      principal: "sagemaker.amazonaws.com",
      action: "sts:AssumeRole",
      resource: { resource: role.arn, accountId: arnParts(role.arn).account },
      contextVariables: context,
    },
    identityPolicies: [],
    resourcePolicy: role.trust,
  };
}

function mutable(context: CallContext): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(context).map(([key, value]) => [key, typeof value === "string" ? value : [...value]]),
  );
}
