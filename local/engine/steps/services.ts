import type { Faults } from "../../faults/faults.ts";
import type { RoleCalls } from "../../iam/role-calls.ts";
import type { Runtime } from "../../jobs/runtime.ts";
import type { ServiceModel } from "../../moto/service-model.ts";
import type { Store } from "../../state/store.ts";

/** What executions work with, and operations. */
export interface Services {
  readonly store: Store;
  readonly runtime: Runtime;
  /** AWS's own model of SageMaker. */
  readonly model: ServiceModel;
  /** What roles do: recorded, and refused where that is asked for. */
  readonly calls: RoleCalls;
  /** What goes wrong on purpose. */
  readonly faults: Faults;
  /** Epoch seconds. */
  readonly now: () => number;
  /** Resolves after so many seconds, or when the signal is given. */
  readonly sleep: (seconds: number, signal: AbortSignal) => Promise<void>;
  readonly log: (line: string) => void;
}
