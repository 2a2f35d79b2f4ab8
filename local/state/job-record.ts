import { jobKinds } from "../../service-model/job-kinds.ts";
import { type JobRecords, jobsOf, type LocalJobKind, type Store } from "./store.ts";

/** Members of the description of any kind of job. */
type Members = { readonly [member: string]: unknown };

/** Returns the first word of a kind's members for times: `Training` in `TrainingStartTime`. */
function work(kind: LocalJobKind): string {
  return kind.replace(/Job$/, "");
}

/** Returns `LastModifiedTime` for the kinds of jobs whose description has it. @param now epoch seconds */
export function changedAt(kind: LocalJobKind, now: number): Members {
  return "notModified" in jobKinds[kind] ? {} : { LastModifiedTime: now };
}

/** Returns the members that a new job's description has in addition to its request. @param now epoch seconds */
export function begunJob(kind: LocalJobKind, name: string, arn: string, now: number): Members {
  return {
    [jobKinds[kind].nameMember]: name,
    [`${kind}Arn`]: arn,
    [`${kind}Status`]: "InProgress",
    CreationTime: now,
    [`${work(kind)}StartTime`]: now,
    ...changedAt(kind, now),
  };
}

/** Returns the members that change in a job's description when the job ends. @param now epoch seconds */
export function endedJob(kind: LocalJobKind, status: "Completed" | "Failed" | "Stopped", now: number): Members {
  return { [`${kind}Status`]: status, [`${work(kind)}EndTime`]: now, ...changedAt(kind, now) };
}

/** Marks jobs as stopped if an earlier endpoint was killed while they were in progress. @param now epoch seconds */
export function stopLeftJobs(store: Store, kind: LocalJobKind, now: number): void {
  const jobs = jobsOf(store, kind);
  for (const job of jobs.values()) {
    const members: Members = { ...job };
    if (members[`${kind}Status`] !== "InProgress" && members[`${kind}Status`] !== "Stopping") continue;
    const secondary = "SecondaryStatus" in members ? { SecondaryStatus: "Stopped" } : {};
    const stopped = { ...members, ...endedJob(kind, "Stopped", now), ...secondary };
    jobs.put(String(members[`${kind}Arn`]), stopped as unknown as JobRecords[LocalJobKind]);
  }
}
