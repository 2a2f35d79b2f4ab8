import type { Json } from "../../../service-model/definition.ts";
import { jobKinds } from "../../../service-model/job-kinds.ts";
import { createForStep, deniedJob, stopForStep } from "../../iam/step-access.ts";
import type { JobEnd } from "../../jobs/runtime.ts";
import { jobArn } from "../../state/arn.ts";
import { jobName } from "../../state/job-name.ts";
import { begunJob, changedAt, endedJob } from "../../state/job-record.ts";
import { type JobRecords, jobsOf, type LocalJobKind } from "../../state/store.ts";
import { texts } from "../expressions/job-arguments.ts";
import type { StepEnd, StepRun } from "./step-run.ts";

/** A running job. `change` replaces members of its description. */
export interface RunningJob<Description> {
  readonly description: () => Description;
  readonly change: (members: Partial<Description>) => void;
}

/** The parts of a job that differ between kinds of jobs. */
export interface JobWork<Description> {
  /** The role of the container. */
  readonly role: string;
  /** Members of this kind that a new job's description has. */
  readonly first?: Partial<Description>;
  /** Runs the container. The promise never rejects. */
  readonly work: (job: RunningJob<Description>) => Promise<JobEnd>;
  /** Returns the members of this kind that change at the job's end. */
  readonly last: (end: JobEnd, job: Description) => Partial<Description>;
}

/**
 * Runs a step's job to its end.
 *
 * @param prepare returns the job's work; called after the roles' policies were checked
 */
export function runJob<Kind extends LocalJobKind>(
  run: StepRun,
  kind: Kind,
  prepare: (description: JobRecords[Kind]) => JobWork<JobRecords[Kind]>,
): Promise<StepEnd> {
  const { store, runtime, calls, now } = run.services;
  return runtime.slots.run(async () => {
    if (run.signal.aborted) return { status: "Stopped" };
    const { region, id } = run.execution;
    const { resource, nameMember } = jobKinds[kind];
    const name = jobName({ executionId: id, step: run.step.Name, prefix: run.arguments[nameMember] });
    const arn = jobArn(region, resource, name);
    const metadata = { [kind]: { Arn: arn } };
    const begun = { ...texts(run.arguments), ...begunJob(kind, name, arn, now()) };
    let job = begun as unknown as JobRecords[Kind];
    const change = (members: object) => {
      job = { ...job, ...members, ...changedAt(kind, now()) };
      jobsOf(store, kind).put(arn, job);
    };
    await createForStep(run, kind, arn);
    const { role, first = {}, work, last } = prepare(job);
    change(first);
    run.started(metadata);
    const denied = await deniedJob(calls, kind, { name, arn, role, members: run.arguments });
    const end: JobEnd = denied ?? (await work({ description: () => job, change }));
    change({ ...endedJob(kind, end.status, now()), ...last(end, job) });
    if (run.signal.aborted) await stopForStep(run, kind, arn);
    return stepEnd(end, metadata, job as unknown as Json);
  }, run.signal);
}

/** Returns the `FailureReason` member of a job's description, which is missing if the job has none. */
export function failureReason(end: JobEnd): { readonly FailureReason?: string } {
  return end.failureReason === undefined ? {} : { FailureReason: end.failureReason };
}

/**
 * Returns the end of a job's step. A job that reached its maximum runtime is stopped with a reason, and its step fails.
 */
function stepEnd(end: JobEnd, metadata: NonNullable<StepEnd["metadata"]>, properties: Json): StepEnd {
  if (end.status === "Completed") return { status: "Succeeded", metadata, properties };
  if (end.status === "Stopped" && end.failureReason === undefined) return { status: "Stopped", metadata };
  return { status: "Failed", failureReason: end.failureReason, metadata };
}
