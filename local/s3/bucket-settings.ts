import { contents, rootElement, s3Namespace } from "../wire/xml.ts";
import { checkPolicy } from "./bucket-policy.ts";
import type { BucketSetting, SettingContext } from "./bucket-setting.ts";
import { malformedXml, S3Error } from "./s3-error.ts";

const minimumSize = "x-amz-transition-default-minimum-object-size";

/** The lifecycle rules. They are stored but never carried out, because local objects do not live that long. */
const lifecycle: BucketSetting = {
  contentType: "application/xml",
  putStatus: 200,
  absent: () => new S3Error("NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist", 404),
  // Terraform's provider reads the configuration repeatedly until this header and the rules equal the values that it sent.
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

/**
 * The access logging. The endpoint writes no access logs. Moto cannot keep this setting because it demands a grant to the
 * log delivery group, and buckets without ACLs cannot have grants.
 */
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

/** The settings that the endpoint keeps, by the name of the sub-resource in a request's query. */
export const bucketSettings: ReadonlyMap<string, BucketSetting> = new Map(
  Object.entries({ lifecycle, logging, policy, requestPayment }),
);
