import type { RecordedCalls } from "../authorization/recorded-calls.ts";
import type { Runtime } from "../runtime/runtime.ts";
import type { Store } from "../state/store.ts";

/** What executions work with. */
export interface Services {
  readonly store: Store;
  readonly runtime: Runtime;
  /** What roles did. */
  readonly calls: RecordedCalls;
  /** Epoch seconds. */
  readonly now: () => number;
  readonly log: (line: string) => void;
}
