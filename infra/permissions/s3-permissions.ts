import type { ParameterDefinition, StepDefinition } from "../../service-model/definition.ts";
import { type Permission, widest } from "./statement.ts";
import { isData, open, places, policyText, valuePatterns } from "./value-patterns.ts";

/** Members of a request below which an S3 URI is a place that the job writes to. */
const written = /output|checkpoint|destination|debughook|profiler|tensorboard/i;

/** The places on S3 that a step names, each as `<bucket>/<start of the keys>*`. */
export interface S3Uses {
  readonly read: readonly string[];
  readonly written: readonly string[];
  /** Where the step writes although only the execution knows in which bucket that is: the arguments' names. */
  readonly unknown: readonly string[];
}

/** `bucket/key*` of an S3 URI: what comes after the first thing that only the execution knows is left open. */
function objects(uri: string): string | undefined {
  const [, bucket, key = ""] = /^s3:\/\/([a-z0-9][a-z0-9.-]+)(?:\/(.*))?$/s.exec(uri) ?? [];
  return bucket === undefined ? undefined : `${bucket}/${policyText(key.split(open)[0] ?? "")}*`;
}

/**
 * What a step reads and writes on S3, from the URIs in its arguments. An output of another step is read where that one
 * wrote it, so that a reference adds nothing.
 */
export function s3Uses({ Arguments }: StepDefinition, parameters: readonly ParameterDefinition[]): S3Uses {
  const read: string[] = [];
  const writes: string[] = [];
  const unknown: string[] = [];
  for (const place of places(Arguments)) {
    const { path, value } = place;
    // What a job is told is for its script to read, whatever it is called there.
    const isOutput = !isData(place) && path.some((key) => written.test(key));
    const patterns = valuePatterns(value, parameters);
    const found = patterns.flatMap((pattern) => objects(pattern) ?? []);
    (isOutput ? writes : read).push(...found);
    if (isOutput && /s3(uri|outputpath)$/i.test(path.at(-1) ?? "") && found.length === 0) unknown.push(path.join("."));
  }
  return { read, written: writes, unknown };
}

/**
 * What a role needs for places on S3: the objects themselves, and the lists of exactly those keys.
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 *
 * @param partition of the buckets' ARNs
 * @param uses `<bucket>/<start of the keys>*`
 */
export function s3Permissions(
  partition: string,
  uses: { readonly read: readonly string[]; readonly written: readonly string[] },
): readonly Permission[] {
  const arn = (objects: string) => `arn:${partition}:s3:::${objects}`;
  const all = [...uses.read, ...uses.written];
  if (all.length === 0) return [];
  const buckets = [...new Set(all.map((place) => place.split("/")[0] as string))];
  const keys = (bucket: string) => {
    const own = all.flatMap((place) => (place.startsWith(`${bucket}/`) ? [place.slice(bucket.length + 1)] : []));
    return widest([...new Set(own)].sort());
  };
  return [
    // What a job writes it also reads: the next step does, and an upload of many parts asks for what is there.
    { Sid: "ReadObjects", Action: ["s3:GetObject"], Resource: all.map(arn) },
    ...(uses.written.length === 0
      ? []
      : [
          {
            Sid: "WriteObjects",
            Action: ["s3:AbortMultipartUpload", "s3:PutObject"],
            Resource: uses.written.map(arn),
          },
        ]),
    ...buckets.map((bucket) => ({
      Sid: "ListObjects",
      Action: ["s3:ListBucket"],
      Resource: [arn(bucket)],
      Condition: { StringLike: { "s3:prefix": keys(bucket) } },
    })),
  ];
}
