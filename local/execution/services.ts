import type { RoleCalls } from "../authorization/role-calls.ts";
import type { Runtime } from "../runtime/runtime.ts";
import type { Store } from "../state/store.ts";

/** What executions work with. */
export interface Services {
  readonly store: Store;
  readonly runtime: Runtime;
  /** What roles do: recorded, and refused where that is asked for. */
  readonly calls: RoleCalls;
  /** Epoch seconds. */
  readonly now: () => number;
  readonly log: (line: string) => void;
}
