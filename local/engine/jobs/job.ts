import type { Tag } from "@aws-sdk/client-sagemaker";
import type { Json } from "../../../service-model/definition.ts";
import { deniedJob } from "../../iam/job-access.ts";
import type { RoleCalls } from "../../iam/role-calls.ts";
import type { JobEnd, Runtime } from "../../jobs/runtime.ts";
import { begunJob, changedAt, endedJob } from "../../state/job-record.ts";
import { type JobRecords, jobsOf, type LocalJobKind, type Store } from "../../state/store.ts";
import { setTags } from "../../state/tags.ts";
import type { RunningJobs } from "./running-jobs.ts";

/** The services that jobs use. */
export interface JobServices {
  readonly store: Store;
  readonly runtime: Runtime;
  /** Records and checks the calls of roles. */
  readonly calls: RoleCalls;
  readonly jobs: RunningJobs;
  /** Returns the time in epoch seconds. */
  readonly now: () => number;
}

/** The members of a Create request, with the name and the ARN of the new job. */
export interface JobRequest {
  readonly name: string;
  readonly arn: string;
  readonly members: { readonly [member: string]: Json };
}

/** A stored job. `change` replaces members of its description. */
export interface StoredJob<Description> {
  readonly description: () => Description;
  readonly change: (members: Partial<Description>) => void;
}

/** The parts of a job that differ between kinds of jobs. */
export interface JobWork<Description> {
  /** The role of the container. */
  readonly role: string;
  /** Members that name resources which the job uses, in addition to those of its request. */
  readonly uses?: { readonly [member: string]: Json };
  /** Members of this kind that a new job's description has. */
  readonly first?: Partial<Description>;
  /** Runs the container. The promise never rejects. */
  readonly work: (job: StoredJob<Description>, signal: AbortSignal) => Promise<JobEnd>;
  /** Returns the members of this kind that change at the job's end. */
  readonly last: (end: JobEnd, job: Description) => Partial<Description>;
}

/** Returns the description of a new job. @param now epoch seconds */
export function newJob<Kind extends LocalJobKind>(
  kind: Kind,
  { name, arn, members: { Tags: _tags, ...members } }: JobRequest,
  now: number,
): JobRecords[Kind] {
  return { ...members, ...begunJob(kind, name, arn, now) } as unknown as JobRecords[Kind];
}

/** Stores a new job and its tags. @throws LocalError `disk-full` */
export function storeJob<Kind extends LocalJobKind>(
  { store, now }: JobServices,
  kind: Kind,
  { arn, members: { Tags } }: JobRequest,
  first: JobRecords[Kind],
): StoredJob<JobRecords[Kind]> {
  const jobs = jobsOf(store, kind);
  const description = () => jobs.get(arn) ?? first;
  jobs.put(arn, first);
  setTags(arn, (Tags ?? []) as unknown as readonly Tag[], { store });
  return {
    description,
    change: (members) => jobs.put(arn, { ...description(), ...members, ...changedAt(kind, now()) }),
  };
}

/**
 * Runs a stored job to its end, and stores how it ended.
 *
 * @throws LocalError `disk-full`
 */
export async function finishJob<Kind extends LocalJobKind>(
  { calls, now }: JobServices,
  kind: Kind,
  { name, arn, members }: JobRequest,
  job: StoredJob<JobRecords[Kind]>,
  { role, uses = {}, work, last }: JobWork<JobRecords[Kind]>,
  signal: AbortSignal,
): Promise<JobEnd> {
  const run = async (): Promise<JobEnd> => {
    if (signal.aborted) return { status: "Stopped" };
    return (await deniedJob(calls, kind, { name, arn, role, members: { ...members, ...uses } })) ?? work(job, signal);
  };
  const end = await run();
  job.change({ ...endedJob(kind, end.status, now()), ...last(end, job.description()) });
  return end;
}

/** Returns the `FailureReason` member of a job's description, which is missing if the job has none. */
export function failureReason(end: JobEnd): { readonly FailureReason?: string } {
  return end.failureReason === undefined ? {} : { FailureReason: end.failureReason };
}
