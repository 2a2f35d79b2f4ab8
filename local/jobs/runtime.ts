import type { S3Client } from "@aws-sdk/client-s3";
import type { RoleSessions } from "../iam/role-sessions.ts";
import type { JobLogStore } from "../logs/job-log-store.ts";
import type { ProcessRegistry } from "../state/process-registry.ts";
import type { ImageEntry } from "./images/image-table.ts";
import type { Pythons } from "./images/images.ts";
import type { MountNamespace } from "./process/mount-namespace.ts";
import type { Slots } from "./process/slots.ts";
import type { WarmPythons } from "./warm/warm-pythons.ts";

/** What jobs run with; one for the life of an endpoint. */
export interface Runtime {
  /** Under which every job has a folder of its own. */
  readonly folder: string;
  /** The endpoint's address, for the AWS SDK inside the jobs. */
  readonly endpoint: () => string;
  /** S3 in the name of the endpoint's user. */
  readonly s3: (region: string) => S3Client;
  /** The roles that jobs and pipelines have taken on. */
  readonly sessions: RoleSessions;
  readonly pythons: Pythons;
  /** The user's own images. */
  readonly images: readonly ImageEntry[];
  readonly registry: ProcessRegistry;
  readonly logs: JobLogStore;
  /** Undefined where the system does not allow it. */
  readonly namespace: MountNamespace | undefined;
  /** Undefined where every job starts a Python of its own. */
  readonly warm: WarmPythons | undefined;
  /** How many jobs run at the same time on this machine. */
  readonly slots: Slots;
}

/** How a job ended, in the words of a job's description. */
export interface JobEnd {
  readonly status: "Completed" | "Failed" | "Stopped";
  readonly failureReason?: string;
  /** What the script left for the user: `/opt/ml/output/message` or `/opt/ml/output/failure`. */
  readonly message?: string;
}
