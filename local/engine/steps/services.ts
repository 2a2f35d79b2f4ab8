import type { ServiceModel } from "../../../service-model/service-model.ts";
import type { RoleCalls } from "../../iam/role-calls.ts";
import type { Runtime } from "../../jobs/runtime.ts";
import type { Store } from "../../state/store.ts";

/** The state, clock and other services that executions and operations use. */
export interface Services {
  readonly store: Store;
  readonly runtime: Runtime;
  /** AWS's model of the SageMaker API. */
  readonly model: ServiceModel;
  /** Members and values of definitions that AWS has and the service model lacks. */
  readonly allow: readonly string[];
  /** Records and checks the calls of roles. */
  readonly calls: RoleCalls;
  /** Counts a step's request. Returns the failure reason of an injected fault, or undefined if there is none. */
  readonly injectedFault: (operation: string) => string | undefined;
  /** Returns the time in epoch seconds. */
  readonly now: () => number;
  /** Waits for some seconds, or until the signal aborts. */
  readonly sleep: (seconds: number, signal: AbortSignal) => Promise<void>;
  readonly log: (line: string) => void;
}
