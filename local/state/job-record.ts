import { jobKinds } from "../../service-model/job-kinds.ts";
import { type JobRecords, jobsOf, type LocalJobKind, type Store } from "./store.ts";

/** Members of a job's description, whatever its kind. */
type Members = { readonly [member: string]: unknown };

/** How the members of a kind that tell times begin: `TrainingStartTime`. */
function work(kind: LocalJobKind): string {
  return kind.replace(/Job$/, "");
}

/** Returns the members that say when a description changed last. @param now epoch seconds */
export function changedAt(kind: LocalJobKind, now: number): Members {
  return "notModified" in jobKinds[kind] ? {} : { LastModifiedTime: now };
}

/** Returns what the description of a job that begins has beside its request. @param now epoch seconds */
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

/** Returns what the description of a job that ended has instead. @param now epoch seconds */
export function endedJob(kind: LocalJobKind, status: "Completed" | "Failed" | "Stopped", now: number): Members {
  return { [`${kind}Status`]: status, [`${work(kind)}EndTime`]: now, ...changedAt(kind, now) };
}

/** Marks the jobs of a kind as stopped that an endpoint which was killed left in progress. @param now epoch seconds */
export function stopLeftJobs(store: Store, kind: LocalJobKind, now: number): void {
  const jobs = jobsOf(store, kind);
  for (const job of jobs.values()) {
    const members: Members = { ...job };
    if (members[`${kind}Status`] !== "InProgress") continue;
    const secondary = "SecondaryStatus" in members ? { SecondaryStatus: "Stopped" } : {};
    const stopped = { ...members, ...endedJob(kind, "Stopped", now), ...secondary };
    jobs.put(String(members[`${kind}Arn`]), stopped as unknown as JobRecords[LocalJobKind]);
  }
}
