import { s3Arn } from "../../service-model/arn.ts";
import type { Json } from "../../service-model/definition.ts";
import type { JobKindName } from "../../service-model/job-kinds.ts";
import { parseS3Uri } from "../../service-model/s3-uri.ts";
import { AccessDenied, RoleNotAssumable } from "./access-denied.ts";
import { usedByJob } from "./job-members.ts";
import type { RoleCalls } from "./role-calls.ts";
import { serviceCalls } from "./service-calls.ts";

/** Waits for calls of a role. Returns the message of the denial if the role does not allow one of them. */
export async function denial(work: Promise<void>): Promise<string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (error instanceof AccessDenied || error instanceof RoleNotAssumable) return error.message;
    throw error;
  }
}

/** A job or model: its name and its role. */
export interface RoleUser {
  readonly name: string;
  readonly role: string;
  readonly region: string;
}

/**
 * Makes the calls with which SageMaker reads a model's data.
 *
 * @returns CreateModel's message, as users have reported it, about data that the role may not read
 */
export async function deniedModelData(
  calls: RoleCalls,
  { name, role, region }: RoleUser,
  uris: readonly string[],
): Promise<string | undefined> {
  for (const uri of uris) {
    const { bucket, key } = parseS3Uri(uri);
    const read = { action: "s3:GetObject", resource: s3Arn(`${bucket}/${key}`) };
    const denied = await denial(calls.make({ role, by: name }, [read]));
    if (denied !== undefined)
      return `Could not access model data at ${uri}. Please ensure that the role "${role}" exists and that its trust relationship policy allows the action "sts:AssumeRole" for the service principal "sagemaker.amazonaws.com". Also ensure that the role has "s3:GetObject" permissions and that the object is located in ${region}. ${denied}`;
  }
  return undefined;
}

/**
 * Makes the calls that SageMaker itself makes with a job's role before the container starts.
 *
 * @param job the job's name, ARN and role, and the members of its Create request
 * @returns the result of a job that fails because its role does not allow a call, or undefined if the job can start
 */
export async function deniedJob(
  calls: RoleCalls,
  kind: JobKindName,
  job: {
    readonly name: string;
    readonly arn: string;
    readonly role: string;
    readonly members: { readonly [name: string]: Json };
  },
): Promise<{ readonly status: "Failed"; readonly failureReason: string; readonly message?: never } | undefined> {
  const used = usedByJob(kind, job.arn, job.name, job.members);
  for (const row of serviceCalls.filter(({ atStart }) => atStart)) {
    const denied = await denial(calls.make({ role: job.role, by: job.name }, row.calls(used)));
    if (denied === undefined) continue;
    const words = row.reasonPrefix === undefined ? denied : `${row.reasonPrefix} ${denied}`;
    return { status: "Failed", failureReason: `ClientError: ${words}` };
  }
  return undefined;
}
