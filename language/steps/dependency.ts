import type { Trigger } from "../../service-model/definition.ts";
import type { Dependency, Step } from "./step.ts";

/**
 * Returns a dependency on the outcome of a step, for `dependsOn`. With `outcome(train, "Failed")` a step runs only if
 * training failed, with `outcome(train, "Any")` whether it succeeded or failed. When a step fails that others depend on
 * in this way, the execution ends as `CompletedWithFailures` instead of `Failed`.
 */
export function outcome(step: Step, trigger: Trigger): Dependency {
  return Object.freeze({ kind: "dependency", step: step.name, trigger });
}

/** Converts an entry of `dependsOn`, which may be a step, to a dependency. */
export function dependency(on: Step | Dependency): Dependency {
  return on.kind === "dependency" ? on : Object.freeze({ kind: "dependency", step: on.name });
}
