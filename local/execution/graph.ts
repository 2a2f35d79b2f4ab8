import type { Json, PipelineDefinition, StepDefinition } from "../../pipelines/sagemaker/definition.ts";
import { isList, isRecord, parsePath } from "./property-path.ts";

/** The branch of a condition step in which a step stands. */
export interface Branch {
  readonly condition: string;
  readonly outcome: "True" | "False";
}

export interface GraphNode {
  readonly step: StepDefinition;
  /** Steps that must have succeeded. */
  readonly needs: readonly string[];
  readonly branch?: Branch;
}

/** Every step of a definition, those in branches too, in the order in which they are written. */
export function graphOf(definition: PipelineDefinition): GraphNode[] {
  return nodes(definition.Steps, undefined);
}

function nodes(steps: readonly StepDefinition[], branch: Branch | undefined): GraphNode[] {
  return steps.flatMap((step) => {
    const node = { step, needs: needsOf(step), ...(branch === undefined ? {} : { branch }) };
    if (step.Type !== "Condition") return [node];
    return [
      node,
      ...nodes(branchSteps(step, "IfSteps"), { condition: step.Name, outcome: "True" }),
      ...nodes(branchSteps(step, "ElseSteps"), { condition: step.Name, outcome: "False" }),
    ];
  });
}

/** The steps of one branch of a condition step; none when it is missing. */
export function branchSteps(step: StepDefinition, key: "IfSteps" | "ElseSteps"): readonly StepDefinition[] {
  const list = step.Arguments?.[key];
  // The definition was checked when it was stored: see definition-check.ts.
  return list !== undefined && isList(list) ? (list as unknown as readonly StepDefinition[]) : [];
}

function needsOf(step: StepDefinition): string[] {
  const own = step.Type === "Condition" ? (step.Arguments["Conditions"] ?? null) : { ...step, DependsOn: [] };
  const needs = new Set((step.DependsOn ?? []).map((each) => (typeof each === "string" ? each : each.Step)));
  for (const name of references(own as Json)) needs.add(name);
  return [...needs];
}

/** The steps that the expressions in a value refer to. */
export function references(value: Json): string[] {
  if (isList(value)) return value.flatMap(references);
  if (!isRecord(value)) return [];
  const get = value["Get"];
  if (typeof get === "string" && get.startsWith("Steps.")) return [String(parsePath(get)[1])];
  return Object.values(value).flatMap(references);
}

/** The names of steps that wait for each other in a circle; empty when there is none. */
export function cycle(graph: readonly GraphNode[]): string[] {
  const before = new Map(graph.map((node) => [node.step.Name, predecessors(node)]));
  for (let removed = true; removed; ) {
    removed = false;
    for (const [name, names] of before) {
      if (names.some((each) => before.has(each))) continue;
      before.delete(name);
      removed = true;
    }
  }
  return [...before.keys()];
}

/** What must end before a step may begin: what it needs, and the condition whose branch it stands in. */
export function predecessors(node: GraphNode): string[] {
  return node.branch === undefined ? [...node.needs] : [...node.needs, node.branch.condition];
}
