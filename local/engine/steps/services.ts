import type { ServiceModel } from "../../../service-model/service-model.ts";
import type { RoleCalls } from "../../iam/role-calls.ts";
import type { Runtime } from "../../jobs/runtime.ts";
import type { Store } from "../../state/store.ts";

/** What executions work with, and operations. */
export interface Services {
  readonly store: Store;
  readonly runtime: Runtime;
  /** AWS's own model of SageMaker. */
  readonly model: ServiceModel;
  /** What roles do: recorded, and refused where that is asked for. */
  readonly calls: RoleCalls;
  /** Counts a request that a step makes, and says why it fails on purpose; undefined where it does not. */
  readonly injectedFault: (operation: string) => string | undefined;
  /** Epoch seconds. */
  readonly now: () => number;
  /** Resolves after so many seconds, or when the signal is given. */
  readonly sleep: (seconds: number, signal: AbortSignal) => Promise<void>;
  readonly log: (line: string) => void;
}
