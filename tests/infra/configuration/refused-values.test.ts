import assert from "node:assert/strict";
import { checkStackConfiguration } from "../../../infra/configuration/check-stack-configuration.ts";

/** Returns the mistakes of a configuration that has only this value and the region. */
function problems(key: string, value: unknown): readonly string[] {
  const values = key.split(".").reduceRight((inner: unknown, name) => ({ [name]: inner }), value);
  return checkStackConfiguration({ region: "eu-central-1", ...(values as object) }, ["crickets", "oyster"]).problems;
}

const role = "give an ARN such as arn:aws:iam::ACCOUNT:role/NAME";
const ownBucket = "give the name or the ARN of a bucket";
const image = "give the URI of an image in ECR: ACCOUNT.dkr.ecr.REGION.amazonaws.com/NAME:TAG";
const data = "give an S3 URI such as s3://bucket/data/train.csv";
const instance = "give an instance type such as ml.m5.xlarge: ml.FAMILY.SIZE";
const repository = "111122223333.dkr.ecr.eu-central-1.amazonaws.com";

const buckets = [
  ...["192.168.5.4", "xn--abc", "sthree-abc", "amzn-s3-demo-abc", "abc-s3alias", "abc--ol-s3", "abc--x-s3", "abc.mrap"],
  ...["my.-bucket", "my-.bucket", "ab", "a".repeat(64), "bucket-", "Bucket"],
];
const images = [
  ...["foo bar", "foo", "docker.io/library/python:3", "python:3"],
  ...["@sha256:abc", ":", "@sha256", ":-x"].map((end) => `${repository}/x${end}`),
];
const roles = ["r".repeat(65), "team/", "team//r"].map((name) => `arn:aws:iam::111122223333:role/${name}`);

type Row = readonly [key: string, value: unknown, advice: string];

const rows: readonly Row[] = [
  ["region", "us-east-1a", "give a region such as us-east-1"],
  ["account", "12", "give an account number of 12 digits"],
  ["account", null, "give an account number of 12 digits"],
  ["kmsKeyArn", "alias/own", "give an ARN such as arn:aws:kms:REGION:ACCOUNT:key/ID"],
  ["accessLogBucket", "s3://logs", "give the name of a bucket"],
  ...buckets.map((name): Row => ["accessLogBucket", name, "give the name of a bucket"]),
  ...["s3://lake", "a..b", true].map((bucket): Row => ["artifactBucket", bucket, ownBucket]),
  ...["pipelines", "arn:aws:iam::aws:role/r", ...roles].map((arn): Row => ["sagemakerPipelineRoleArn", arn, role]),
  ["forceDestroy", "maybe", "give true or false"],
  ["jobLogRetentionDays", true, "give a number of days"],
  ["inconclusive", "perhaps", "give warn or fail"],
  ["tags.team", ["a"], "give a text, in quotes in the stack's file"],
  ["notificationEmails", ["a@example.com", "a@example.com"], "give each one once"],
  ["pipelines", ["crickets"], "give settings by the name of a pipeline"],
  ["pipelines.crickets", null, "give keys with their values"],
  ["pipelines.crickets.ceiling", 0, "give a number above 0"],
  ...["s3://*/x", ...buckets.map((name) => `s3://${name}/x`)].map(
    (uri): Row => ["pipelines.crickets.inputDataUrl", uri, data],
  ),
  ...images.map((uri): Row => ["pipelines.crickets.image", uri, image]),
  ...["ml.", "ml.m5", "m5.xlarge", "ml.m5.huge", "ml.m5.xlarge "].map(
    (type): Row => ["pipelines.crickets.processingInstanceType", type, instance],
  ),
  ["pipelines.crickets.schedule", "at(2030-99-99T10:00:00)", "give an existing date and time"],
  ["pipelines.crickets.schedule", "cron(0 99 ? * MON *)", "give 0 to 23 as the hours"],
];

/** Values that the error cuts, and values whose fix is long. */
const longRows: readonly (readonly [key: string, value: unknown, problem: RegExp])[] = [
  ["region", undefined, /^region: missing; run: pulumi config set aws:region us-east-1$/],
  ["account", `\u202e${"9".repeat(500)}`, /^account: got "\\u\{202e\}9{150,200}\.\.\.; give an account number/],
  ["forceDestory", true, /^forceDestory: unknown key; Pulumi.yaml lists all keys$/],
  ["jobLogRetentionDays", "31", /^jobLogRetentionDays: got "31"; give one of 1, 3, 5,/],
  ["notificationEmails", ["team"], /^notificationEmails\.0: got "team"; give an e-mail address$/],
  [
    "tags",
    { "aws:owner": "me" },
    /^tags\.aws:owner: .*give a key of at most 128 letters, digits, spaces and _\.:\/=\+-@ that does not begin with aws:$/,
  ],
  ["tags", { "AWS:owner": "me" }, /^tags\.AWS:owner: .* does not begin with aws:$/],
  ["tags", { team: "a & b" }, /^tags\.team: got "a & b"; give a value of at most 256/],
  ["tags", { team: "a", Team: "b" }, /^tags: got .*; give keys that differ in more than their case$/],
  ["onlyPipelines", ["mussel"], /^onlyPipelines\.mussel: unknown pipeline; give one of: crickets, oyster$/],
  ["onlyPipelines", [["crickets"]], /^onlyPipelines\.0: got \["crickets"\]; give a text$/],
  ["pipelines.mussel", {}, /^pipelines\.mussel: unknown pipeline; give one of: crickets, oyster$/],
  [
    "pipelines.crickets.ceilling",
    5,
    /^pipelines\.crickets\.ceilling: unknown key; give one of inputDataUrl, ceiling, /,
  ],
  ["pipelines.crickets.ceiling", Number.NaN, /^pipelines\.crickets\.ceiling: got NaN; give a number above 0$/],
  [
    "pipelines.crickets.schedule",
    "0 3 * * *",
    /^pipelines\.crickets\.schedule: got "0 3 \* \* \*"; give a schedule such as cron\(/,
  ],
  [
    "pipelines.crickets.schedule",
    "cron(0 3 * * * *)",
    /^pipelines\.crickets\.schedule: got "cron\(0 3 \* \* \* \*\)"; give \? for one of the day of the month/,
  ],
  [
    "pipelines.crickets.scheduleTimezone",
    "Europe/Berlin",
    /^pipelines\.crickets\.scheduleTimezone: got Europe\/Berlin without a schedule; give pipelines\.crickets\.schedule$/,
  ],
  [
    "pipelines.crickets.inputDataUrl",
    `s3://bucket/${"k".repeat(1100)}`,
    /^pipelines\.crickets\.inputDataUrl: got .*; give an S3 URI of at most 1,024 characters$/,
  ],
  [
    "pipelines.crickets.image",
    `${repository}/${"a".repeat(300)}`,
    /^pipelines\.crickets\.image: got .*; give a URI of at most 255 characters$/,
  ],
];

describe("checkStackConfiguration", () => {
  for (const [key, value, advice] of rows)
    it(`rejects ${key} = ${JSON.stringify(value)}`, () =>
      assert.deepEqual(problems(key, value), [`${key}: got ${JSON.stringify(value)}; ${advice}`]));

  for (const [key, value, problem] of longRows)
    it(`rejects ${key} = ${JSON.stringify(value)?.slice(0, 40)}`, () => {
      const [first = "", ...others] = problems(key, value);
      assert.match(first, problem);
      assert.deepEqual(others, []);
    });
});
