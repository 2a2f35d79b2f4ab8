import type { S3Error } from "./s3-error.ts";

/** The request whose body is checked, and a way to ask for other buckets. */
export interface SettingContext {
  readonly bucket: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly bucketExists: (bucket: string) => Promise<boolean>;
}

/** A sub-resource of a bucket that the endpoint stores itself, byte for byte. */
export interface BucketSetting {
  readonly contentType: "application/json" | "application/xml";
  /** The status that answers PUT. */
  readonly putStatus: 200 | 204;
  /** Checks the body of PUT. @throws S3Error for an invalid one */
  readonly check: (body: string, context: SettingContext) => void | Promise<void>;
  /** The answer to GET before any PUT: a document, or S3's error. */
  readonly absent: string | (() => S3Error);
  /** Headers that belong to the setting, with their default values. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether DELETE removes it. Other settings are reset by PUT with another document. */
  readonly deletable: boolean;
}
