import type { IncomingHttpHeaders } from "node:http";
import { s3Namespace } from "../wire/xml.ts";
import { isPublic } from "./bucket-policy.ts";
import { bucketSettings } from "./bucket-settings.ts";
import { noSuchBucket, S3Error } from "./s3-error.ts";
import type { SettingStore } from "./setting-store.ts";

/** An HTTP answer of S3. */
export interface S3Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A request about a setting of a bucket. */
export interface SettingCall {
  readonly method: string;
  readonly bucket: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly settings: SettingStore;
  readonly bucketExists: (bucket: string) => Promise<boolean>;
}

/**
 * Stores, reads or deletes a bucket setting that the endpoint keeps itself, instead of moto.
 *
 * @throws S3Error with S3's own code and message
 */
export async function answerSetting(name: string, call: SettingCall): Promise<S3Answer> {
  const setting = bucketSettings.get(name);
  if (setting === undefined || !(await call.bucketExists(call.bucket))) throw noSuchBucket();
  const { bucket, settings, method } = call;
  if (method === "GET") return readSetting(name, call);
  if (method === "PUT") {
    await setting.check(call.body, call);
    const given = Object.keys(setting.headers ?? {}).map((header) => [header, call.headers[header]] as const);
    const headers = Object.fromEntries(given.filter(([, value]) => typeof value === "string")) as Record<
      string,
      string
    >;
    settings.put({ bucket, setting: name, body: call.body, headers });
    return { status: setting.putStatus, headers: { ...setting.headers, ...headers } };
  }
  if (method === "DELETE" && setting.deletable) {
    settings.delete(bucket, name);
    return { status: 204 };
  }
  throw new S3Error("MethodNotAllowed", "The specified method is not allowed against this resource.", 405);
}

function readSetting(name: string, { bucket, settings }: SettingCall): S3Answer {
  const setting = bucketSettings.get(name);
  const record = settings.get(bucket, name);
  const headers = { "content-type": setting?.contentType ?? "", ...setting?.headers, ...record?.headers };
  if (record !== undefined) return { status: 200, headers, body: record.body };
  if (typeof setting?.absent === "string") return { status: 200, headers, body: setting.absent };
  throw setting?.absent() ?? noSuchBucket();
}

/** Answers whether the bucket's policy opens it to everyone. @throws S3Error if the bucket has no policy */
export async function answerPolicyStatus(call: SettingCall): Promise<S3Answer> {
  const { body = "" } = await answerSetting("policy", call);
  return {
    status: 200,
    headers: { "content-type": "application/xml" },
    body: `<PolicyStatus xmlns="${s3Namespace}"><IsPublic>${isPublic(body)}</IsPublic></PolicyStatus>`,
  };
}
