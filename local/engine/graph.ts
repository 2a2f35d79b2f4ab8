import type { PipelineDefinition, StepDefinition, Trigger } from "../../service-model/definition.ts";
import { type Edge, type GraphStep, stepGraph } from "../../service-model/step-graph.ts";

/** The result of a step that lets a dependent step start. `True` and `False` are the outcomes of a condition step. */
export type NodeTrigger = Trigger | "True" | "False";

/** The end of another step for which a step waits. */
export interface NodeDependency {
  readonly step: string;
  readonly trigger: NodeTrigger;
}

/** A step that the scheduler starts. Steps in the body of a loop are not nodes, because the loop runs them. */
export interface GraphNode {
  readonly step: StepDefinition;
  /** The step starts when all of them are met. */
  readonly dependencies: readonly NodeDependency[];
}

/** Returns the name of a step's node: the outermost loop whose body contains the step, or the step itself. */
function nodeOf({ step, containers }: GraphStep): string {
  return (containers.find(({ part }) => part === "body")?.step ?? step).Name;
}

function triggerOf({ kind, trigger = "Completed" }: Edge): NodeTrigger {
  if (kind === "if") return "True";
  return kind === "else" ? "False" : trigger;
}

/**
 * Returns the dependencies of a node. A step that uses another step's value waits for its success, unless `DependsOn`
 * states another trigger for that step.
 */
function dependenciesOf(edges: readonly Edge[]): readonly NodeDependency[] {
  const stated = new Set(edges.filter(({ kind }) => kind === "order").map(({ from }) => from));
  const dependencies = edges
    .filter(({ kind, from }) => kind !== "data" || !stated.has(from))
    .map((edge): NodeDependency => ({ step: edge.from, trigger: triggerOf(edge) }));
  return [...new Map(dependencies.map((each) => [`${each.trigger} ${each.step}`, each])).values()];
}

/**
 * Returns the nodes of a definition, including those in branches of condition steps, in the order of the definition.
 */
export function graphOf(definition: PipelineDefinition): GraphNode[] {
  const { steps, edges } = stepGraph(definition);
  const nodes = new Map(steps.map((placed) => [placed.step.Name, nodeOf(placed)]));
  const into = new Map<string, Edge[]>();
  for (const edge of edges) {
    const [from, to] = [nodes.get(edge.from), nodes.get(edge.to)];
    if (from === undefined || to === undefined || from === to) continue;
    into.set(to, [...(into.get(to) ?? []), { ...edge, from }]);
  }
  return steps
    .filter(({ step }) => nodes.get(step.Name) === step.Name)
    .map(({ step }) => ({ step, dependencies: dependenciesOf(into.get(step.Name) ?? []) }));
}
