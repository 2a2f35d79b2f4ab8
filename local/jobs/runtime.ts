import type { S3Client } from "@aws-sdk/client-s3";
import type { RoleSessions } from "../iam/role-sessions.ts";
import type { JobLogStore } from "../logs/job-log-store.ts";
import type { ProcessRegistry } from "../state/process-registry.ts";
import type { ImageSettings } from "./images/local-image.ts";
import type { OwnRoot } from "./process/own-root.ts";
import type { Slots } from "./process/slots.ts";
import type { WarmPythons } from "./warm/warm-pythons.ts";

/** The services that jobs need from the endpoint. There is one for each endpoint. */
export interface Runtime extends ImageSettings {
  /** The folder that contains a folder for each job. */
  readonly folder: string;
  /** The folder of the functions' ZIP archives. */
  readonly functions: string;
  /** The endpoint's address, for the AWS SDK inside the jobs. */
  readonly endpoint: () => string;
  /** Returns an S3 client that acts for the endpoint's user, not for a role. */
  readonly s3: (region: string) => S3Client;
  /** The sessions of the roles that jobs and pipelines have assumed. */
  readonly sessions: RoleSessions;
  readonly registry: ProcessRegistry;
  readonly logs: JobLogStore;
  /** Prints a line in the endpoint's terminal. */
  readonly print: (line: string) => void;
  /** Gives each job its own root directory. Undefined if the system does not allow that. */
  readonly ownRoot: OwnRoot | undefined;
  /** The prepared Pythons that jobs are forked from. Undefined if every job starts a new Python. */
  readonly warm: WarmPythons | undefined;
  /** Limits how many jobs run at the same time on this machine. */
  readonly slots: Slots;
}

/** The end of a job, in the terms of its Describe response. */
export interface JobEnd {
  readonly status: "Completed" | "Failed" | "Stopped";
  readonly failureReason?: string;
  /** The last lines that a failed job has printed. */
  readonly lastLines?: readonly string[];
  /** A sentence about the job that its step's record shows. */
  readonly note?: string;
  /** The message that the script left for the user in `/opt/ml/output/message` or `/opt/ml/output/failure`. */
  readonly message?: string;
}
