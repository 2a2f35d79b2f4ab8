import { contents, rootElement, s3Namespace } from "../wire/xml.ts";
import { checkPolicy } from "./bucket-policy.ts";
import type { BucketSetting, SettingContext } from "./bucket-setting.ts";
import { malformedXml, S3Error } from "./s3-error.ts";

const minimumSize = "x-amz-transition-default-minimum-object-size";

/** Nothing here lives as long as a rule waits, so that the rules are kept and never carried out. */
const lifecycle: BucketSetting = {
  contentType: "application/xml",
  putStatus: 200,
  absent: () => new S3Error("NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist", 404),
  // Terraform's provider reads a configuration again and again until this equals what it put, as do the rules.
  headers: { [minimumSize]: "all_storage_classes_128K" },
  deletable: true,
  check(body, { headers }) {
    const rules = contents(body, "Rule");
    const haveStatus = rules.every((rule) => /^(Enabled|Disabled)$/.test(contents(rule, "Status")[0] ?? ""));
    if (rootElement(body) !== "LifecycleConfiguration" || rules.length === 0 || !haveStatus) throw malformedXml();
    if (
      !/^(varies_by_storage_class|all_storage_classes_128K)$/.test(
        String(headers[minimumSize] ?? "all_storage_classes_128K"),
      )
    ) {
      throw new S3Error("InvalidArgument", `Invalid TransitionDefaultMinimumObjectSize found: ${headers[minimumSize]}`);
    }
  },
};

const policy: BucketSetting = {
  contentType: "application/json",
  putStatus: 204,
  absent: () => new S3Error("NoSuchBucketPolicy", "The bucket policy does not exist", 404),
  deletable: true,
  check: (body, { bucket }) => checkPolicy(body, bucket),
};

/** No log is written; moto would ask for a grant to a log delivery group, which buckets without ACLs cannot have. */
const logging: BucketSetting = {
  contentType: "application/xml",
  putStatus: 200,
  absent: `<BucketLoggingStatus xmlns="${s3Namespace}"/>`,
  deletable: false,
  async check(body, { bucketExists }: SettingContext) {
    if (rootElement(body) !== "BucketLoggingStatus") throw malformedXml();
    for (const enabled of contents(body, "LoggingEnabled")) {
      if (await bucketExists(contents(enabled, "TargetBucket")[0] ?? "")) continue;
      throw new S3Error("InvalidTargetBucketForLogging", "The target bucket for logging does not exist");
    }
  },
};

const requestPayment: BucketSetting = {
  contentType: "application/xml",
  putStatus: 200,
  absent: `<RequestPaymentConfiguration xmlns="${s3Namespace}"><Payer>BucketOwner</Payer></RequestPaymentConfiguration>`,
  deletable: false,
  check(body) {
    const [payer = ""] = contents(body, "Payer");
    if (rootElement(body) !== "RequestPaymentConfiguration" || !/^(BucketOwner|Requester)$/.test(payer)) {
      throw malformedXml();
    }
  },
};

/** By the name of the sub-resource in the query of a request. */
export const bucketSettings: ReadonlyMap<string, BucketSetting> = new Map(
  Object.entries({ lifecycle, logging, policy, requestPayment }),
);
