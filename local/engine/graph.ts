import type { Json, PipelineDefinition, StepDefinition } from "../../service-model/definition.ts";
import { isList, isRecord, parsePath } from "../../service-model/property-path.ts";

/** How a step has to have ended for another one to begin; `True` and `False` are the outcomes of a condition. */
export type Trigger = "Completed" | "Failed" | "Stopped" | "Any" | "True" | "False";

/** What a step waits for. */
export interface Dependency {
  readonly step: string;
  readonly trigger: Trigger;
}

export interface GraphNode {
  readonly step: StepDefinition;
  /** All of them have to be met. */
  readonly dependencies: readonly Dependency[];
}

/** Every step of a definition, those in branches too, in the order in which they are written. */
export function graphOf(definition: PipelineDefinition): GraphNode[] {
  const all = nodes(definition.Steps, []);
  const names = new Set(all.map(({ step }) => step.Name));
  // A loop's body refers to steps inside of itself: those are no step of this graph, and nothing waits for them.
  return all.map(({ step, dependencies }) => ({
    step,
    dependencies: dependencies.filter((each) => names.has(each.step)),
  }));
}

function nodes(steps: readonly StepDefinition[], branch: readonly Dependency[]): GraphNode[] {
  return steps.flatMap((step) => {
    const node = { step, dependencies: distinct([...dependenciesOf(step), ...branch]) };
    if (step.Type !== "Condition") return [node];
    return [
      node,
      ...nodes(branchSteps(step, "IfSteps"), [{ step: step.Name, trigger: "True" }]),
      ...nodes(branchSteps(step, "ElseSteps"), [{ step: step.Name, trigger: "False" }]),
    ];
  });
}

/** The steps of one branch of a condition step; none when it is missing. */
export function branchSteps(step: StepDefinition, key: "IfSteps" | "ElseSteps"): readonly StepDefinition[] {
  const list = step.Arguments?.[key];
  // The definition was checked when it was stored: see definition-check.ts.
  return list !== undefined && isList(list) ? (list as unknown as readonly StepDefinition[]) : [];
}

function dependenciesOf(step: StepDefinition): Dependency[] {
  const own = step.Type === "Condition" ? (step.Arguments["Conditions"] ?? null) : { ...step, DependsOn: [] };
  const stated = (step.DependsOn ?? []).map(
    (each): Dependency =>
      typeof each === "string"
        ? { step: each, trigger: "Completed" }
        : { step: each.Step, trigger: (each.Trigger ?? "Completed") as Trigger },
  );
  const stands = new Set(stated.map((each) => each.step));
  // A value of a step is there only after it succeeded; where its failure is waited for, its values are not.
  const referred = references(own as Json).filter((name) => !stands.has(name));
  return [...stated, ...referred.map((name): Dependency => ({ step: name, trigger: "Completed" }))];
}

function distinct(dependencies: readonly Dependency[]): Dependency[] {
  const seen = new Map(dependencies.map((each) => [`${each.trigger} ${each.step}`, each]));
  return [...seen.values()];
}

/** The steps that the expressions in a value refer to. */
export function references(value: Json): string[] {
  if (isList(value)) return value.flatMap(references);
  if (!isRecord(value)) return [];
  const get = value["Get"];
  if (typeof get === "string" && get.startsWith("Steps.")) return [String(parsePath(get)[1])];
  return Object.values(value).flatMap(references);
}
