import { defined } from "../../../service-model/defined.ts";
import type { Json } from "../../../service-model/definition.ts";
import { jobKinds } from "../../../service-model/job-kinds.ts";
import { createForStep, stopForStep } from "../../iam/step-access.ts";
import { printFailure } from "../../jobs/print-failure.ts";
import type { JobEnd } from "../../jobs/runtime.ts";
import { jobArn } from "../../state/arn.ts";
import { jobName } from "../../state/job-name.ts";
import type { JobRecords, LocalJobKind } from "../../state/store.ts";
import { texts } from "../expressions/job-arguments.ts";
import { finishJob, type JobWork, newJob, storeJob } from "../jobs/job.ts";
import type { StepEnd, StepRun } from "./step-run.ts";

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
  const { services, signal } = run;
  return services.runtime.slots.run(async () => {
    if (signal.aborted) return { status: "Stopped" };
    const { region, id } = run.execution;
    const { resource, nameMember } = jobKinds[kind];
    const name = jobName({ executionId: id, step: run.step.Name, prefix: run.arguments[nameMember] });
    const arn = jobArn(region, resource, name);
    const metadata = { [kind]: { Arn: arn } };
    const request = { name, arn, members: texts(run.arguments) };
    const begun = newJob(kind, request, services.now());
    await createForStep(run, kind, arn);
    const work = prepare(begun);
    const job = storeJob(services, kind, request, { ...begun, ...work.first });
    run.started(metadata);
    const end = await services.jobs.run(
      arn,
      (stopped) => finishJob(services, kind, request, job, work, stopped),
      signal,
    );
    printFailure(services.runtime, run.step.Name, end.lastLines);
    if (signal.aborted) await stopForStep(run, kind, arn);
    return { ...stepEnd(end, metadata, job.description() as unknown as Json), ...defined({ note: end.note }) };
  }, signal);
}

/**
 * Returns the end of a job's step. A job that reached its maximum runtime is stopped with a reason, and its step fails.
 */
function stepEnd(end: JobEnd, metadata: NonNullable<StepEnd["metadata"]>, properties: Json): StepEnd {
  if (end.status === "Completed") return { status: "Succeeded", metadata, properties };
  if (end.status === "Stopped" && end.failureReason === undefined) return { status: "Stopped", metadata };
  return { status: "Failed", failureReason: end.failureReason, metadata };
}
