import type { Json } from "../../../service-model/definition.ts";
import { jobKinds } from "../../../service-model/job-kinds.ts";
import { createForStep, refusedJob, stopForStep } from "../../iam/step-access.ts";
import type { JobEnd } from "../../jobs/runtime.ts";
import { jobArn } from "../../state/arn.ts";
import { jobName } from "../../state/job-name.ts";
import { begunJob, changedAt, endedJob } from "../../state/job-record.ts";
import { type JobRecords, jobsOf, type LocalJobKind } from "../../state/store.ts";
import { texts } from "../expressions/job-arguments.ts";
import type { StepEnd, StepRun } from "./step-run.ts";

/** A job that is being run: its description, which `change` replaces members of. */
export interface RunningJob<Description> {
  readonly description: () => Description;
  readonly change: (members: Partial<Description>) => void;
}

/** What is special about one job. */
export interface JobWork<Description> {
  /** The role that the container runs in. */
  readonly role: string;
  /** The members that the description has from the beginning, beside those of every kind. */
  readonly first?: Partial<Description>;
  /** Runs the container. Never rejects. */
  readonly work: (job: RunningJob<Description>) => Promise<JobEnd>;
  /** Returns the members that tell of the end, beside those of every kind. */
  readonly last: (end: JobEnd, job: Description) => Partial<Description>;
}

/**
 * Runs a job of a kind for a step and waits for it.
 *
 * @param prepare what the job does, once its role may make it
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
    const refused = await refusedJob(calls, kind, { name, arn, role, members: run.arguments });
    const end: JobEnd = refused ?? (await work({ description: () => job, change }));
    change({ ...endedJob(kind, end.status, now()), ...last(end, job) });
    if (run.signal.aborted) await stopForStep(run, kind, arn);
    return stepEnd(end, metadata, job as unknown as Json);
  }, run.signal);
}

/** Returns the failure reason of a job that has one. */
export function failureReason(end: JobEnd): { readonly FailureReason?: string } {
  return end.failureReason === undefined ? {} : { FailureReason: end.failureReason };
}

/** A job that was stopped because its time was up has a reason, and failed its step. */
function stepEnd(end: JobEnd, metadata: NonNullable<StepEnd["metadata"]>, properties: Json): StepEnd {
  if (end.status === "Completed") return { status: "Succeeded", metadata, properties };
  if (end.status === "Stopped" && end.failureReason === undefined) return { status: "Stopped", metadata };
  return { status: "Failed", failureReason: end.failureReason, metadata };
}
