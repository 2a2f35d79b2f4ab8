import type { Trigger } from "../../service-model/definition.ts";
import type { Dependency, Step } from "./step.ts";

/**
 * A dependency on how a step ended, for `dependsOn`: `outcome(train, "Failed")` runs only when training failed, and
 * `outcome(train, "Any")` in any case. An execution with such a step ends as CompletedWithFailures where it would have
 * failed.
 */
export function outcome(step: Step, trigger: Trigger): Dependency {
  return Object.freeze({ kind: "dependency", step: step.name, trigger });
}

/** The data of a step or a dependency in `dependsOn`. */
export function dependency(on: Step | Dependency): Dependency {
  return on.kind === "dependency" ? on : Object.freeze({ kind: "dependency", step: on.name });
}
