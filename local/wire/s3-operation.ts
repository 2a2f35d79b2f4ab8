import type { IncomingHttpHeaders } from "node:http";
import { s3Target } from "./s3-target.ts";

/** Operations by the query parameter that selects them; "" without such a parameter. */
type Operations = Readonly<Record<string, string>>;

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html */
const ofObjects: Readonly<Record<string, Operations>> = {
  GET: {
    "": "GetObject",
    acl: "GetObjectAcl",
    attributes: "GetObjectAttributes",
    "legal-hold": "GetObjectLegalHold",
    retention: "GetObjectRetention",
    tagging: "GetObjectTagging",
    uploadId: "ListParts",
  },
  HEAD: { "": "HeadObject" },
  PUT: {
    "": "PutObject",
    acl: "PutObjectAcl",
    "legal-hold": "PutObjectLegalHold",
    partNumber: "UploadPart",
    retention: "PutObjectRetention",
    tagging: "PutObjectTagging",
  },
  POST: { uploads: "CreateMultipartUpload", uploadId: "CompleteMultipartUpload", restore: "RestoreObject" },
  DELETE: { "": "DeleteObject", tagging: "DeleteObjectTagging", uploadId: "AbortMultipartUpload" },
};

const ofBuckets: Readonly<Record<string, Operations>> = {
  GET: {
    "": "ListObjects",
    "list-type": "ListObjectsV2",
    uploads: "ListMultipartUploads",
    versions: "ListObjectVersions",
  },
  HEAD: { "": "HeadBucket" },
  PUT: { "": "CreateBucket" },
  POST: { delete: "DeleteObjects" },
  DELETE: { "": "DeleteBucket" },
};

/** Operations on a bucket's settings by their query parameter, without `Get`, `Put` or `Delete` before them. */
const settings: Readonly<Record<string, string>> = {
  accelerate: "BucketAccelerateConfiguration",
  acl: "BucketAcl",
  cors: "BucketCors",
  encryption: "BucketEncryption",
  lifecycle: "BucketLifecycleConfiguration",
  location: "BucketLocation",
  logging: "BucketLogging",
  notification: "BucketNotificationConfiguration",
  "object-lock": "ObjectLockConfiguration",
  ownershipControls: "BucketOwnershipControls",
  policy: "BucketPolicy",
  policyStatus: "BucketPolicyStatus",
  publicAccessBlock: "PublicAccessBlock",
  replication: "BucketReplication",
  requestPayment: "BucketRequestPayment",
  tagging: "BucketTagging",
  versioning: "BucketVersioning",
  website: "BucketWebsite",
};

const verbs: Readonly<Record<string, string>> = { GET: "Get", PUT: "Put", DELETE: "Delete" };

/** Returns the operation of a path-style request to S3; empty for an unknown operation. Never throws. */
export function s3Operation(method: string, url: string, headers: IncomingHttpHeaders): string {
  const { bucket, key, parameters } = s3Target(url);
  const copies = headers["x-amz-copy-source"] !== undefined;
  if (bucket === "") return method === "GET" ? "ListBuckets" : "";
  const operation = decided((key === "" ? ofBuckets : ofObjects)[method], parameters);
  if (key !== "") return copies ? (copiesOf[operation] ?? operation) : operation;
  const setting = [...parameters.keys()].find((name) => Object.hasOwn(settings, name));
  return setting === undefined ? operation : `${verbs[method] ?? ""}${settings[setting]}`;
}

const copiesOf: Operations = { PutObject: "CopyObject", UploadPart: "UploadPartCopy" };

function decided(operations: Operations | undefined, parameters: URLSearchParams): string {
  if (operations === undefined) return "";
  const parameter = Object.keys(operations).find((name) => name !== "" && parameters.has(name));
  return operations[parameter ?? ""] ?? "";
}
