import type { IncomingHttpHeaders } from "node:http";
import { s3Arn } from "../../service-model/arn.ts";
import { s3Target } from "../wire/s3-target.ts";
import type { IamCall } from "./recorded-call.ts";
import { type Actions, bucketActions } from "./s3-bucket-actions.ts";

/** A request of S3's REST protocol with a path-style URL. */
export interface S3Request {
  readonly method: string;
  /** The path and query as the client sent them. */
  readonly url: string;
  readonly headers?: IncomingHttpHeaders;
}

/**
 * The actions of requests for objects, by method and query parameters. The method alone is not enough to know the
 * action of a missing combination: `PUT ?torrent` is not PutObject.
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 */
export const objectActions: Readonly<Record<string, Actions>> = {
  GET: {
    "": "s3:GetObject",
    versionId: "s3:GetObjectVersion",
    partNumber: "s3:GetObject",
    "partNumber&versionId": "s3:GetObjectVersion",
    acl: "s3:GetObjectAcl",
    "acl&versionId": "s3:GetObjectVersionAcl",
    attributes: "s3:GetObjectAttributes",
    "attributes&versionId": "s3:GetObjectVersionAttributes",
    "legal-hold": "s3:GetObjectLegalHold",
    retention: "s3:GetObjectRetention",
    tagging: "s3:GetObjectTagging",
    "tagging&versionId": "s3:GetObjectVersionTagging",
    torrent: "s3:GetObjectTorrent",
    uploadId: "s3:ListMultipartUploadParts",
  },
  HEAD: {
    "": "s3:GetObject",
    versionId: "s3:GetObjectVersion",
    partNumber: "s3:GetObject",
    "partNumber&versionId": "s3:GetObjectVersion",
  },
  PUT: {
    "": "s3:PutObject",
    "partNumber&uploadId": "s3:PutObject",
    acl: "s3:PutObjectAcl",
    "acl&versionId": "s3:PutObjectVersionAcl",
    "legal-hold": "s3:PutObjectLegalHold",
    retention: "s3:PutObjectRetention",
    tagging: "s3:PutObjectTagging",
    "tagging&versionId": "s3:PutObjectVersionTagging",
  },
  POST: {
    uploads: "s3:PutObject",
    uploadId: "s3:PutObject",
    restore: "s3:RestoreObject",
    "restore&versionId": "s3:RestoreObject",
    "select&select-type": "s3:GetObject",
  },
  DELETE: {
    "": "s3:DeleteObject",
    versionId: "s3:DeleteObjectVersion",
    tagging: "s3:DeleteObjectTagging",
    "tagging&versionId": "s3:DeleteObjectVersionTagging",
    uploadId: "s3:AbortMultipartUpload",
  },
};

/** The actions whose policies can have a condition on `s3:prefix`. */
const listing: ReadonlySet<string> = new Set(["s3:ListBucket", "s3:ListBucketVersions"]);

/** Matches query parameters that do not change the action: pages, formats and signatures. */
const details =
  /^(x-id|response-.*|list-type|prefix|delimiter|max-(keys|parts|uploads)|(key-|version-id-|upload-id-|part-number-)?marker|encoding-type|continuation-token|fetch-owner|start-after|x-amz-.*|AWSAccessKeyId|Signature|Expires)$/i;

/**
 * Returns the calls that IAM has to allow for a request to S3. A new object can need further calls for its tags, its
 * ACL and the source of a copy. An unknown action is `s3:?`. It throws no error, even for malformed requests.
 */
export function s3Calls({ method, url, headers = {} }: S3Request): readonly IamCall[] {
  const { bucket, key, parameters } = s3Target(url);
  const deciding = [...new Set(parameters.keys())].filter((name) => !details.test(name)).sort();
  const actionOf = (table: Actions | undefined) =>
    table !== undefined && Object.hasOwn(table, deciding.join("&")) ? String(table[deciding.join("&")]) : "s3:?";
  if (bucket === "") return [{ action: method === "GET" ? "s3:ListAllMyBuckets" : "s3:?", resource: "*" }];
  if (key !== "") {
    const resource = arn(`${bucket}/${key}`);
    const action = actionOf(objectActions[method]);
    return [{ action, resource }, ...(action === "s3:PutObject" ? withObject(resource, headers) : [])];
  }
  const action = actionOf(bucketActions[method]);
  if (action === "s3:CreateBucket") return [{ action, resource: arn(bucket) }, ...withBucket(arn(bucket), headers)];
  const prefix = listing.has(action) ? parameters.get("prefix") : null;
  return [{ action, resource: arn(bucket), ...(prefix === null ? {} : { context: { "s3:prefix": prefix } }) }];
}

/**
 * Returns the calls that a new object needs in addition to `s3:PutObject`.
 * Sources: "Permissions" of https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html and API_CopyObject.html
 */
function withObject(resource: string, headers: IncomingHttpHeaders): readonly IamCall[] {
  const names = Object.keys(headers);
  const source = headers["x-amz-copy-source"];
  return [
    ...(names.includes("x-amz-tagging") ? [{ action: "s3:PutObjectTagging", resource }] : []),
    ...(names.some((name) => /^x-amz-(acl$|grant-)/.test(name)) ? [{ action: "s3:PutObjectAcl", resource }] : []),
    ...(source === undefined ? [] : [copied(String(source))]),
  ];
}

/**
 * Returns the calls that a new bucket needs in addition to `s3:CreateBucket`.
 * Source: "Permissions" of https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html
 */
function withBucket(resource: string, headers: IncomingHttpHeaders): readonly IamCall[] {
  const actions = Object.keys(headers).flatMap((name) => {
    if (/^x-amz-(acl$|grant-)/.test(name)) return ["s3:PutBucketAcl"];
    if (name === "x-amz-object-ownership") return ["s3:PutBucketOwnershipControls"];
    return name === "x-amz-bucket-object-lock-enabled"
      ? ["s3:PutBucketObjectLockConfiguration", "s3:PutBucketVersioning"]
      : [];
  });
  return [...new Set(actions)].map((action) => ({ action, resource }));
}

/** Returns the call that reads the source of a copy: `/bucket/key`, with an optional `?versionId=`. */
function copied(source: string): IamCall {
  const { bucket, key, parameters } = s3Target(source);
  const action = parameters.has("versionId") ? "s3:GetObjectVersion" : "s3:GetObject";
  return { action, resource: arn(`${bucket}/${key}`) };
}

function arn(place: string): string {
  return s3Arn(place);
}
