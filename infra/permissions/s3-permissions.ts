import { s3Arn } from "../../service-model/arn.ts";
import type { ParameterDefinition, StepDefinition } from "../../service-model/definition.ts";
import { type Permission, widest } from "./statement.ts";
import { isData, open, places, policyText, valuePatterns } from "./value-patterns.ts";

/** Matches the request members below which an S3 URI is an output of the job. */
const written = /output|checkpoint|destination|debughook|profiler|tensorboard/i;

/** The S3 locations that a step reads and writes, each as `<bucket>/<start of the keys>*`. */
export interface S3Uses {
  readonly read: readonly string[];
  readonly written: readonly string[];
  /** The names of output arguments whose bucket is known only during an execution. */
  readonly unknown: readonly string[];
}

/** Converts an S3 URI to `bucket/key*`, and cuts it at the first part that is known only during an execution. */
function objects(uri: string): string | undefined {
  const [, bucket, key = ""] = /^s3:\/\/([a-z0-9][a-z0-9.-]+)(?:\/(.*))?$/s.exec(uri) ?? [];
  return bucket === undefined ? undefined : `${bucket}/${policyText(key.split(open)[0] ?? "")}*`;
}

/**
 * Returns the S3 locations that a step reads and writes, from the URIs in its arguments. A reference to another step's output
 * adds nothing, because that step's own output location is already included.
 */
export function s3Uses({ Arguments }: StepDefinition, parameters: readonly ParameterDefinition[]): S3Uses {
  const read: string[] = [];
  const writes: string[] = [];
  const unknown: string[] = [];
  for (const place of places(Arguments)) {
    const { path, value } = place;
    // A job's own data, such as its container arguments, counts as read, even under a name like "output".
    const isOutput = !isData(place) && path.some((key) => written.test(key));
    const patterns = valuePatterns(value, parameters);
    const locations = patterns.flatMap((pattern) => objects(pattern) ?? []);
    (isOutput ? writes : read).push(...locations);
    if (isOutput && /s3(uri|outputpath)$/i.test(path.at(-1) ?? "") && locations.length === 0)
      unknown.push(path.join("."));
  }
  return { read, written: writes, unknown };
}

/**
 * Returns the permissions to read and write objects, to list exactly their keys, and to ask for their buckets' regions.
 * Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 *
 * @param partition the partition of the buckets' ARNs
 * @param uses locations of the form `<bucket>/<start of the keys>*`
 */
export function s3Permissions(
  partition: string,
  uses: { readonly read: readonly string[]; readonly written: readonly string[] },
): readonly Permission[] {
  const arn = (objects: string) => s3Arn(objects, partition);
  const all = [...uses.read, ...uses.written];
  if (all.length === 0) return [];
  const buckets = [...new Set(all.map((place) => place.split("/")[0] as string))];
  const keys = (bucket: string) => {
    const own = all.flatMap((place) => (place.startsWith(`${bucket}/`) ? [place.slice(bucket.length + 1)] : []));
    return widest([...new Set(own)].sort());
  };
  return [
    // Outputs are read as well: by the next step, and by multipart uploads, which look at existing objects.
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
    { Sid: "LocateBuckets", Action: ["s3:GetBucketLocation"], Resource: buckets.map(arn) },
    ...buckets.map((bucket) => ({
      Sid: "ListObjects",
      Action: ["s3:ListBucket"],
      Resource: [arn(bucket)],
      Condition: { StringLike: { "s3:prefix": keys(bucket) } },
    })),
  ];
}
