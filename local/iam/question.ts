import { basename } from "node:path/posix";
import { arnParts } from "../../service-model/arn.ts";
import { defined } from "../../service-model/defined.ts";
import { sessionArn } from "./access-denied.ts";
import type { CallContext, Caller, IamCall } from "./recorded-call.ts";
import { resourcePolicy } from "./resource-policy.ts";
import type { RolePolicies } from "./role-policies.ts";
import type { Question } from "./simulator.ts";

/**
 * What AWS tells conditions of every request. The endpoint speaks plain HTTP on this machine, and AWS would be spoken to
 * with TLS: a policy that demands it is fulfilled.
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
 * What IAM is asked about a call of a role.
 *
 * @param bucketPolicy of the bucket that it is about, if that has one
 * @param account of the endpoint, whose buckets all are
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
 * What IAM is asked when SageMaker takes on a role.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/security-confused-deputy-prevention.html
 *
 * @param source the ARN of the pipeline or the job that it is taken on for
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
