import type { PipelineDefinition, StepDefinition, Trigger } from "../../service-model/definition.ts";
import { type Edge, type GraphStep, stepGraph } from "../../service-model/step-graph.ts";

/** How a step has to have ended for another one to begin; `True` and `False` are the outcomes of a condition. */
export type NodeTrigger = Trigger | "True" | "False";

/** What a step waits for. */
export interface Dependency {
  readonly step: string;
  readonly trigger: NodeTrigger;
}

/** A step that the engine begins by itself. Steps in the body of a loop run within the loop. */
export interface GraphNode {
  readonly step: StepDefinition;
  /** All of them have to be met. */
  readonly dependencies: readonly Dependency[];
}

/** Returns the name of the node that a step belongs to: the outermost loop that it stands in, or itself. */
function nodeOf({ step, containers }: GraphStep): string {
  return (containers.find(({ part }) => part === "body")?.step ?? step).Name;
}

function triggerOf({ kind, trigger = "Completed" }: Edge): NodeTrigger {
  if (kind === "if") return "True";
  return kind === "else" ? "False" : trigger;
}

/** Returns what one node waits for. A value of a step is there only after it succeeded; where its failure is waited for, its values are not. */
function dependenciesOf(edges: readonly Edge[]): readonly Dependency[] {
  const stated = new Set(edges.filter(({ kind }) => kind === "order").map(({ from }) => from));
  const dependencies = edges
    .filter(({ kind, from }) => kind !== "data" || !stated.has(from))
    .map((edge): Dependency => ({ step: edge.from, trigger: triggerOf(edge) }));
  return [...new Map(dependencies.map((each) => [`${each.trigger} ${each.step}`, each])).values()];
}

/** Returns every step of a definition that the engine begins, those in branches too, in the order in which they are written. */
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
