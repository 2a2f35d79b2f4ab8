import type { IamCall } from "./recorded-call.ts";

/** A request of S3's REST protocol, path style. */
export interface S3Request {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  /** The header `x-amz-copy-source`. */
  readonly copySource?: string | undefined;
}

/**
 * The action of a request about an object, by its method and the first of these that is in its query.
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 */
const objectActions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  GET: {
    tagging: "s3:GetObjectTagging",
    acl: "s3:GetObjectAcl",
    attributes: "s3:GetObjectAttributes",
    uploadId: "s3:ListMultipartUploadParts",
    versionId: "s3:GetObjectVersion",
    "": "s3:GetObject",
  },
  HEAD: { versionId: "s3:GetObjectVersion", "": "s3:GetObject" },
  PUT: { tagging: "s3:PutObjectTagging", acl: "s3:PutObjectAcl", "": "s3:PutObject" },
  POST: { uploads: "s3:PutObject", uploadId: "s3:PutObject" },
  DELETE: {
    uploadId: "s3:AbortMultipartUpload",
    tagging: "s3:DeleteObjectTagging",
    versionId: "s3:DeleteObjectVersion",
    "": "s3:DeleteObject",
  },
};

/** The same about a bucket. */
const bucketActions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  GET: {
    "list-type": "s3:ListBucket",
    location: "s3:GetBucketLocation",
    uploads: "s3:ListBucketMultipartUploads",
    versions: "s3:ListBucketVersions",
    prefix: "s3:ListBucket",
  },
  HEAD: { "": "s3:ListBucket" },
};

function actionOf(table: Readonly<Record<string, string>> | undefined, query: URLSearchParams): string {
  const [, action] = Object.entries(table ?? {}).find(([key]) => key === "" || query.has(key)) ?? [];
  return action ?? "s3:?";
}

function arn(place: string): string {
  return `arn:aws:s3:::${place}`;
}

/** What IAM decides on for a request to S3: also reading the source of a copy. */
export function s3Calls({ method, url, copySource }: S3Request): readonly IamCall[] {
  const { pathname, searchParams } = new URL(url, "http://s3");
  const [bucket = "", ...keys] = decodeURIComponent(pathname).slice(1).split("/");
  const key = keys.join("/");
  if (bucket === "") return [{ action: method === "GET" ? "s3:ListAllMyBuckets" : "s3:?", resource: "*" }];
  if (key !== "")
    return [
      { action: actionOf(objectActions[method], searchParams), resource: arn(`${bucket}/${key}`) },
      ...(copySource === undefined
        ? []
        : [
            {
              action: "s3:GetObject",
              resource: arn(decodeURIComponent(copySource).replace(/^\//, "").split("?")[0] ?? ""),
            },
          ]),
    ];
  if (method === "POST" && searchParams.has("delete"))
    return [{ action: "s3:DeleteObject", resource: arn(`${bucket}/*`) }];
  const action = actionOf(bucketActions[method], searchParams);
  const lists = action === "s3:ListBucket" && searchParams.has("prefix");
  const context = lists ? { context: { "s3:prefix": searchParams.get("prefix") ?? "" } } : {};
  return [{ action, resource: arn(bucket), ...context }];
}
