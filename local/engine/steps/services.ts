import type { ServiceModel } from "../../../service-model/service-model.ts";
import type { JobServices } from "../jobs/job.ts";

/** The state, clock and other services that executions and operations use. */
export interface Services extends JobServices {
  /** AWS's model of the SageMaker API. */
  readonly model: ServiceModel;
  /** Members and values of definitions that AWS has and the service model lacks. */
  readonly allow: readonly string[];
  /** Counts a step's request. Returns the failure reason of an injected fault, or undefined if there is none. */
  readonly injectedFault: (operation: string) => string | undefined;
  /** Waits for some seconds, or until the signal aborts. */
  readonly sleep: (seconds: number, signal: AbortSignal) => Promise<void>;
  readonly log: (line: string) => void;
}
