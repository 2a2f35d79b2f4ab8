import { jobKinds } from "../../service-model/job-kinds.ts";
import { jobArn } from "../state/arn.ts";
import { jobsOf, type LocalJobKind, localJobKinds } from "../state/store.ts";
import { validationError } from "../wire/aws-error.ts";
import { required } from "../wire/required.ts";
import type { Call } from "./call.ts";
import { isInRegion, type ListRequest, listing } from "./listing.ts";

/** The parts of Describe and List answers that differ between the kinds of jobs. */
interface Answers {
  /** Returns the error's message for a job that does not exist. */
  readonly missing: (name: string) => string;
  /** The members that a List summary has in addition to the name, ARN, status and times of all kinds. */
  readonly listed: readonly string[];
  /** The default order of a list. */
  readonly order: "Ascending" | "Descending";
}

const answers: Readonly<Record<LocalJobKind, Answers>> = {
  ProcessingJob: {
    missing: (name) => `Could not find requested job with name: ${name}`,
    listed: ["ProcessingEndTime", "FailureReason", "ExitMessage"],
    order: "Ascending",
  },
  TrainingJob: {
    missing: () => "Requested resource not found.",
    listed: ["SecondaryStatus", "TrainingEndTime"],
    order: "Ascending",
  },
  TransformJob: {
    missing: (name) => `Could not find requested job with name: ${name}`,
    listed: ["TransformEndTime", "FailureReason"],
    order: "Descending",
  },
};

interface JobRecord {
  readonly [member: `${string}Job${"Name" | "Arn" | "Status"}`]: string;
  readonly CreationTime: number;
  readonly LastModifiedTime?: number;
  readonly TransformEndTime?: number;
}
type DescribeRequest = Readonly<Record<string, string>>;

/** The Describe and List operations of each kind of job: `DescribeProcessingJob`, `ListProcessingJobs`, ... */
export const jobOperations = Object.fromEntries(
  localJobKinds.flatMap((kind) => [
    [`Describe${kind}`, (input: DescribeRequest, call: Call) => describe(kind, input, call)],
    [`List${kind}s`, (input: ListRequest, call: Call) => list(kind, input, call)],
  ]),
);

/**
 * Describes a job.
 *
 * @throws AwsError `ValidationException` for a job that does not exist. The API reference says `ResourceNotFound`, but
 *   botocore's waiters expect this one: https://github.com/aws/aws-sdk/issues/165
 */
function describe(kind: LocalJobKind, input: DescribeRequest, { store, region }: Call): object {
  const { nameMember, resource } = jobKinds[kind];
  const name = required(input[nameMember], nameMember);
  const record = jobsOf(store, kind).get(jobArn(region, resource, name));
  if (record === undefined) throw validationError(answers[kind].missing(name));
  return record;
}

function list(kind: LocalJobKind, input: ListRequest, { store, region }: Call): object {
  const { listed, order } = answers[kind];
  // No training job here has a warm pool or a training plan.
  const none = input.WarmPoolStatusEquals !== undefined || input.TrainingPlanArnEquals !== undefined;
  const all = none ? [] : (jobsOf(store, kind).values() as object[] as JobRecord[]);
  // A transform job has no LastModifiedTime in its description.
  const modified = (record: JobRecord) => record.LastModifiedTime ?? record.TransformEndTime ?? record.CreationTime;
  const own = all.filter((record) => isInRegion(region, record[`${kind}Arn`] ?? ""));
  const { items, next } = listing(own, input, {
    arn: (record) => record[`${kind}Arn`] ?? "",
    name: (record) => record[`${kind}Name`],
    created: (record) => record.CreationTime,
    modified,
    status: (record) => record[`${kind}Status`],
    order,
  });
  const members = [`${kind}Name`, `${kind}Arn`, `${kind}Status`, "CreationTime", ...listed];
  const summaries = items.map((record) => ({
    ...Object.fromEntries(Object.entries(record).filter(([member]) => members.includes(member))),
    LastModifiedTime: modified(record),
  }));
  return { [`${kind}Summaries`]: summaries, ...next };
}
