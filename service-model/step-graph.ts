import type { DependencyDefinition, Json, PipelineDefinition, StepDefinition, Trigger } from "./definition.ts";
import { isList } from "./property-path.ts";
import { type StepPart, stepTypeFacts } from "./step-types.ts";

/** A step of a definition, with the branches and bodies that contain it, the outermost first. */
export interface GraphStep {
  readonly step: StepDefinition;
  readonly containers: readonly { readonly step: StepDefinition; readonly part: StepPart }[];
}

/** A dependency between two steps: `to` runs after `from`. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  /** `data`: `to` uses a result of `from`. `order`: `to` depends on `from`. A part: `from` contains `to` there. */
  readonly kind: "data" | "order" | StepPart;
  /** The outcome of an `order` edge, if it is not success. */
  readonly trigger?: Trigger;
}

/** The steps of a pipeline and the dependencies between them. */
export interface StepGraph {
  /** All steps. Nested steps follow the step that contains them. */
  readonly steps: readonly GraphStep[];
  /** One edge for each pair, kind and trigger, in the definition's order. References to missing steps are included. */
  readonly edges: readonly Edge[];
}

const nothing: { readonly [name: string]: never } = {};

/** Returns the lists of steps inside a step, each with its part (branch or body). */
function inside(step: StepDefinition): readonly (readonly [StepPart, readonly StepDefinition[]])[] {
  return Object.entries(stepTypeFacts(step.Type)?.contains ?? nothing).flatMap(([argument, part]) => {
    const list = step.Arguments?.[argument];
    return list !== undefined && isList(list) ? [[part, list as unknown as readonly StepDefinition[]] as const] : [];
  });
}

function place(steps: readonly StepDefinition[], containers: GraphStep["containers"], placed: GraphStep[]): void {
  for (const step of steps) {
    placed.push({ step, containers });
    for (const [part, children] of inside(step)) place(children, [...containers, { step, part }], placed);
  }
}

/** Returns every step of a definition, nested ones included, with the parts that contain it. */
export function placedSteps({ Steps }: Pick<PipelineDefinition, "Steps">): readonly GraphStep[] {
  const placed: GraphStep[] = [];
  place(Steps, [], placed);
  return placed;
}

/** Returns every step of a definition, nested ones included. */
export function definitionSteps(definition: Pick<PipelineDefinition, "Steps">): readonly StepDefinition[] {
  return placedSteps(definition).map(({ step }) => step);
}

/** Returns the arguments of a step without its nested steps. */
export function ownArguments({ Type, Arguments }: StepDefinition): StepDefinition["Arguments"] {
  const contains = stepTypeFacts(Type)?.contains;
  if (contains === undefined) return Arguments ?? nothing;
  return Object.fromEntries(Object.entries(Arguments ?? nothing).filter(([name]) => !Object.hasOwn(contains, name)));
}

/** Collects the names of the steps that the expressions in a value refer to. */
function collectReferences(value: Json, names: Set<string>): void {
  if (typeof value !== "object" || value === null) return;
  if (isList(value)) {
    for (const item of value) collectReferences(item, names);
    return;
  }
  const get = value["Get"];
  const name = typeof get === "string" ? /^Steps\.([^.[]+)/.exec(get)?.[1] : undefined;
  if (name !== undefined) names.add(name);
  else for (const key of Object.keys(value)) collectReferences(value[key] ?? null, names);
}

/** Returns the names of the steps that the expressions in a value refer to, each once. */
export function references(value: Json): ReadonlySet<string> {
  const names = new Set<string>();
  collectReferences(value, names);
  return names;
}

function orderEdge(given: string | DependencyDefinition, to: string): Edge {
  const { Step: from, Trigger = "Completed" } = typeof given === "string" ? { Step: given } : given;
  return { from, to, kind: "order", ...(Trigger === "Completed" ? {} : { trigger: Trigger as Trigger }) };
}

/** Members of a step that are not searched for references. `DependsOn` is read separately. */
const withoutReferences = new Set(["Name", "Type", "DependsOn", "DisplayName", "Description"]);

function edgesTo({ step, containers }: GraphStep): readonly Edge[] {
  const { Name: to, DependsOn = [] } = step;
  const used = new Set<string>();
  for (const [name, value] of Object.entries(step) as (readonly [string, Json])[])
    if (!withoutReferences.has(name))
      collectReferences(name === "Arguments" ? (ownArguments(step) ?? null) : value, used);
  const order = new Map(
    DependsOn.map((each) => orderEdge(each, to)).map((edge) => [`${edge.from} ${edge.trigger}`, edge]),
  );
  const container = containers.at(-1);
  return [
    ...Array.from(used, (from): Edge => ({ from, to, kind: "data" })),
    ...order.values(),
    ...(container === undefined ? [] : [{ from: container.step.Name, to, kind: container.part }]),
  ];
}

/** Returns the graph of a definition's steps. */
export function stepGraph(definition: Pick<PipelineDefinition, "Steps">): StepGraph {
  const steps = placedSteps(definition);
  return { steps, edges: steps.flatMap(edgesTo) };
}
