import { jobArn } from "../state/arn.ts";
import type { Collection } from "../state/collection.ts";
import type { Store } from "../state/store.ts";
import { validationError } from "../wire/aws-error.ts";
import { required } from "../wire/required.ts";
import type { Call } from "./call.ts";
import { isIn, type ListRequest, listing } from "./listing.ts";

/** How the Describe and List operations of one kind of job differ from those of the others. */
interface JobKind {
  /** The beginning of the members of its shapes: `ProcessingJob`. */
  readonly job: "ProcessingJob" | "TrainingJob" | "TransformJob";
  readonly arn: Parameters<typeof jobArn>[1];
  readonly records: (store: Store) => Pick<Collection<object>, "get" | "values">;
  /** The error's message for a missing job. */
  readonly missing: (name: string) => string;
  /** Members of a List summary beside the name, the ARN, the status and the times that all kinds have. */
  readonly listed: readonly string[];
  /** The default order of a list. */
  readonly order: "Ascending" | "Descending";
}

interface JobRecord {
  readonly [member: `${string}Job${"Name" | "Arn" | "Status"}`]: string;
  readonly CreationTime: number;
  readonly LastModifiedTime?: number;
  readonly TransformEndTime?: number;
}
type DescribeRequest = Readonly<Record<string, string>>;

const kinds: readonly JobKind[] = [
  {
    job: "ProcessingJob",
    arn: "processing-job",
    records: (store) => store.processingJobs,
    missing: (name) => `Could not find requested job with name: ${name}`,
    listed: ["ProcessingEndTime", "FailureReason", "ExitMessage"],
    order: "Ascending",
  },
  {
    job: "TrainingJob",
    arn: "training-job",
    records: (store) => store.trainingJobs,
    missing: () => "Requested resource not found.",
    listed: ["SecondaryStatus", "TrainingEndTime"],
    order: "Ascending",
  },
  {
    job: "TransformJob",
    arn: "transform-job",
    records: (store) => store.transformJobs,
    missing: (name) => `Could not find requested job with name: ${name}`,
    listed: ["TransformEndTime", "FailureReason"],
    order: "Descending",
  },
];

/** DescribeProcessingJob, ListProcessingJobs and the same two of the other kinds. */
export const jobOperations = Object.fromEntries(
  kinds.flatMap((kind) => [
    [`Describe${kind.job}`, (input: DescribeRequest, call: Call) => describe(kind, input, call)],
    [`List${kind.job}s`, (input: ListRequest, call: Call) => list(kind, input, call)],
  ]),
);

/**
 * Describes a job. A missing job is a `ValidationException`, which botocore's waiters expect, whatever the API reference
 * says: https://github.com/aws/aws-sdk/issues/165
 */
function describe({ job, arn, records, missing }: JobKind, input: DescribeRequest, { store, region }: Call): object {
  const name = required(input[`${job}Name`], `${job}Name`);
  const record = records(store).get(jobArn(region, arn, name));
  if (record === undefined) throw validationError(missing(name));
  return record;
}

function list({ job, records, listed, order }: JobKind, input: ListRequest, { store, region }: Call): object {
  // No training job here has a warm pool or a training plan.
  const none = input.WarmPoolStatusEquals !== undefined || input.TrainingPlanArnEquals !== undefined;
  const all = none ? [] : (records(store).values() as JobRecord[]);
  const own = all.filter((record) => isIn(region, record[`${job}Arn`] ?? ""));
  // A transform job has no LastModifiedTime in its description.
  const modified = (record: JobRecord) => record.LastModifiedTime ?? record.TransformEndTime ?? record.CreationTime;
  const { items, next } = listing(own, input, {
    arn: (record) => record[`${job}Arn`] ?? "",
    name: (record) => record[`${job}Name`],
    created: (record) => record.CreationTime,
    modified,
    status: (record) => record[`${job}Status`],
    order,
  });
  const members = [`${job}Name`, `${job}Arn`, `${job}Status`, "CreationTime", ...listed];
  const summaries = items.map((record) => ({
    ...Object.fromEntries(Object.entries(record).filter(([member]) => members.includes(member))),
    LastModifiedTime: modified(record),
  }));
  return { [`${job}Summaries`]: summaries, ...next };
}
