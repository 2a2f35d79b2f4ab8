import { s3Target } from "../wire/s3-target.ts";
import { bucketSettings } from "./bucket-settings.ts";

/** A request for a bucket that the endpoint answers itself. Moto answers all other requests to S3. */
export type BucketRequest =
  | { readonly kind: "create" | "delete"; readonly bucket: string }
  | { readonly kind: "policy-status"; readonly bucket: string }
  | { readonly kind: "setting"; readonly bucket: string; readonly setting: string };

/**
 * Reads a path-style request, with the bucket in its path. Undefined for a request that moto or another service answers,
 * such as one for an object.
 */
export function bucketRequest(method: string, target: string): BucketRequest | undefined {
  const { bucket, key, parameters } = s3Target(target);
  if (key !== "" || !/^[a-z0-9][a-z0-9.-]{1,62}$/.test(bucket)) return undefined;
  const query = [...parameters.keys()].filter((name) => name !== "x-id");
  const setting = query.find((name) => bucketSettings.has(name));
  if (setting !== undefined) return { kind: "setting", bucket, setting };
  if (query.includes("policyStatus") && method === "GET") return { kind: "policy-status", bucket };
  if (query.length > 0) return undefined;
  if (method === "PUT") return { kind: "create", bucket };
  return method === "DELETE" ? { kind: "delete", bucket } : undefined;
}
