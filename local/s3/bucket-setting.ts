import type { S3Error } from "./s3-error.ts";

/** What a check may ask about the request and the other buckets. */
export interface SettingContext {
  readonly bucket: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly bucketExists: (bucket: string) => Promise<boolean>;
}

/** A sub-resource of a bucket that the endpoint keeps itself, exactly as it was put. */
export interface BucketSetting {
  readonly contentType: "application/json" | "application/xml";
  /** Status of a put. */
  readonly putStatus: 200 | 204;
  /** @throws S3Error */
  readonly check: (body: string, context: SettingContext) => void | Promise<void>;
  /** What is answered when nothing was put: a document, or S3's error. */
  readonly absent: string | (() => S3Error);
  /** Headers that belong to the setting, with the value they have without one. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether DELETE removes it; the others go back to their absence with another document. */
  readonly deletable: boolean;
}
