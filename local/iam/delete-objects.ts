import { s3Arn } from "../../service-model/arn.ts";
import { defined } from "../../service-model/defined.ts";
import { contents, escaped, rootElement, s3Namespace, unescaped } from "../wire/xml.ts";
import type { IamCall } from "./recorded-call.ts";

/** An object or a version in a DeleteObjects request, with the members of the request. */
export interface ObjectToDelete {
  readonly Key: string;
  readonly VersionId?: string;
  readonly ETag?: string;
  readonly LastModifiedTime?: string;
  readonly Size?: string;
}

export interface DeleteRequest {
  readonly quiet: boolean;
  readonly objects: readonly ObjectToDelete[];
}

/** An object that the role may not delete, and IAM's message. */
export interface DeniedObject {
  readonly object: ObjectToDelete;
  readonly message: string;
}

const members = ["Key", "VersionId", "ETag", "LastModifiedTime", "Size"] as const;

/** The maximum length of a DeleteObjects body in bytes. S3 allows 1,000 keys of 1,024 bytes in a request. */
export const longestDelete = 4 * 1024 * 1024;

/**
 * Parses the body of a DeleteObjects request. Returns undefined for an invalid body.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html
 */
export function readDelete(body: string): DeleteRequest | undefined {
  if (rootElement(body) !== "Delete") return undefined;
  const objects = contents(body, "Object").map((object) =>
    Object.fromEntries(
      members.flatMap((member) => contents(object, member).map((text) => [member, unescaped(text)] as const)),
    ),
  );
  if (objects.length === 0 || !objects.every(hasKey)) return undefined;
  return { objects, quiet: contents(body, "Quiet")[0]?.trim() === "true" };
}

function hasKey(object: { readonly [member: string]: string }): object is { Key: string } {
  return object["Key"] !== undefined && object["Key"] !== "";
}

/**
 * Writes the body of a DeleteObjects request from its parsed members. So S3 deletes exactly the objects that were
 * checked, even if it would parse the original body differently.
 */
export function writeDelete({ quiet, objects }: DeleteRequest): string {
  const written = objects.map((object) => element("Object", object));
  return `<Delete xmlns="${s3Namespace}">${written.join("")}${quiet ? "<Quiet>true</Quiet>" : ""}</Delete>`;
}

/** Returns the call that IAM has to allow for one of the objects. */
export function deleteCall(bucket: string, { Key, VersionId }: ObjectToDelete): IamCall {
  const action = VersionId === undefined ? "s3:DeleteObject" : "s3:DeleteObjectVersion";
  return { action, resource: s3Arn(`${bucket}/${Key}`) };
}

/** Adds an error for each denied object to S3's answer. */
export function withDenied(answer: string, denied: readonly DeniedObject[]): string {
  const errors = denied.map(({ object: { Key, VersionId }, message }) =>
    element("Error", {
      Key,
      ...defined({ VersionId }),
      Code: "AccessDenied",
      Message: message,
    }),
  );
  const whole = answer.replace(/<DeleteResult([^>]*)\/>/, "<DeleteResult$1></DeleteResult>");
  const end = whole.lastIndexOf("</DeleteResult>");
  return `${whole.slice(0, end)}${errors.join("")}${whole.slice(end)}`;
}

/** S3's answer to a request that deleted no objects. */
export const nothingDeleted = `<?xml version="1.0" encoding="UTF-8"?>\n<DeleteResult xmlns="${s3Namespace}"></DeleteResult>`;

function element(name: string, texts: object): string {
  const inside = Object.entries(texts).map(([member, text]) => `<${member}>${escaped(String(text))}</${member}>`);
  return `<${name}>${inside.join("")}</${name}>`;
}
