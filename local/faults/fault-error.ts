import { s3Arn } from "../../service-model/arn.ts";
import type { Protocol, RequestedOperation } from "../wire/requested-operation.ts";
import { s3Target } from "../wire/s3-target.ts";
import type { ServiceError } from "../wire/wire-error.ts";
import type { FaultRule } from "./fault-rule.ts";

/** The resource and role of a call, which AWS names in its errors. */
export interface Subject {
  /** The first ARN in the request. */
  readonly resource?: string | undefined;
  readonly role?: string | undefined;
}

type Kind = "throttling" | "internal-error" | "unavailable" | "expired-credentials";

/** The type, message and HTTP status of each error in the JSON protocols, the query protocol and S3. */
const errors: Readonly<Record<Kind, Readonly<Record<"json" | "query" | "s3", readonly [string, string, number]>>>> = {
  throttling: {
    json: ["ThrottlingException", "Rate exceeded", 400],
    query: ["Throttling", "Rate exceeded", 400],
    s3: ["SlowDown", "Please reduce your request rate.", 503],
  },
  "internal-error": {
    json: ["InternalFailure", "The request processing has failed because of an unknown error.", 500],
    query: ["InternalFailure", "The request processing has failed because of an unknown error.", 500],
    s3: ["InternalError", "We encountered an internal error. Please try again.", 500],
  },
  unavailable: {
    json: ["ServiceUnavailable", "The request has failed due to a temporary failure of the server.", 503],
    query: ["ServiceUnavailable", "The request has failed due to a temporary failure of the server.", 503],
    s3: ["ServiceUnavailable", "Service is unable to handle request.", 503],
  },
  "expired-credentials": {
    json: ["ExpiredTokenException", "The security token included in the request is expired", 400],
    query: ["ExpiredToken", "The security token included in the request is expired", 403],
    s3: ["ExpiredToken", "The provided token has expired.", 400],
  },
};

/**
 * Returns the error that AWS would answer for a fault, or undefined if the fault is not an AWS error, such as a broken
 * connection.
 *
 * Sources: https://docs.aws.amazon.com/sagemaker/latest/APIReference/CommonErrors.html and
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html (types, messages, statuses),
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html (denied),
 * https://github.com/awslabs/predictive-maintenance-using-machine-learning/issues/3 (the role that SageMaker cannot assume)
 */
export function faultError(rule: FaultRule, call: RequestedOperation, subject: Subject): ServiceError | undefined {
  const words = wordsOf(call.protocol);
  switch (rule.fault) {
    case "throttling":
    case "internal-error":
    case "unavailable":
    case "expired-credentials": {
      const [type, message, status] = errors[rule.fault][words];
      return { type, message, status };
    }
    case "access-denied": {
      const action = `${call.service}:${call.operation || "?"}`;
      return {
        type: words === "json" ? "AccessDeniedException" : "AccessDenied",
        message: `User: arn:aws:iam::123456789012:user/local is not authorized to perform: ${action} on resource: ${subject.resource ?? "*"} because no identity-based policy allows the ${action} action`,
        status: words === "json" ? 400 : 403,
      };
    }
    case "role-not-assumable": {
      const role = rule.role ?? subject.role ?? "arn:aws:iam::123456789012:role/execution-role";
      return {
        type: "ValidationException",
        message: `Could not assume role ${role}. Please ensure that the role exists and allows principal 'sagemaker.amazonaws.com' to assume the role.`,
        status: 400,
      };
    }
    case "error":
      return { type: rule.type, message: rule.message, status: rule.status };
    default:
      return undefined;
  }
}

function wordsOf(protocol: Protocol): "json" | "query" | "s3" {
  if (protocol === "s3") return "s3";
  return protocol === "query" || protocol === "ec2" || protocol === "rest-xml" ? "query" : "json";
}

/** Reads the first ARN and the role from a JSON body. */
export function subjectOf(input: unknown): Subject {
  if (typeof input !== "object" || input === null) return {};
  const members = Object.entries(input);
  const arn = members.find(([name, value]) => name !== "RoleArn" && typeof value === "string" && /^arn:/.test(value));
  const role = members.find(([name, value]) => name === "RoleArn" && typeof value === "string");
  return { resource: arn?.[1], role: role?.[1] };
}

/** Reads the ARN of the bucket or object from an S3 path. */
export function s3Subject(url: string): Subject {
  const { bucket, key } = s3Target(url);
  return bucket === "" ? {} : { resource: s3Arn(`${bucket}${key === "" ? "" : `/${key}`}`) };
}
