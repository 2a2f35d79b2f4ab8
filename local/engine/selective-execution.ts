import type { ExecutionRecord, StepRecord } from "../state/execution-record.ts";
import type { GraphNode } from "./graph.ts";

/**
 * Returns the nodes of the selected steps without dependencies on other steps, whose outputs the source execution has.
 */
export function selectedGraph(
  graph: readonly GraphNode[],
  selected: readonly string[] | undefined,
): readonly GraphNode[] {
  if (selected === undefined) return graph;
  const names = new Set(selected);
  return graph
    .filter(({ step }) => names.has(step.Name))
    .map(({ step, dependencies }) => ({ step, dependencies: dependencies.filter((each) => names.has(each.step)) }));
}

/** The records of the reused steps in the source execution, or the reason why the execution cannot start. */
export type Reused = { readonly steps: readonly StepRecord[] } | { readonly problem: string };

/**
 * Returns the steps of the source execution whose outputs the selected steps need.
 *
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/pipelines-selective-ex.html
 *
 * @param source the source execution
 */
export function reusedSteps(
  graph: readonly GraphNode[],
  selected: readonly string[],
  source: ExecutionRecord | undefined,
): Reused {
  const names = new Set(selected);
  const known = new Map(graph.map((node) => [node.step.Name, node]));
  const unknown = selected.filter((name) => !known.has(name));
  if (unknown.length > 0) return { problem: `The pipeline has no step ${unknown.join(", ")}` };
  const between = graph.filter(({ step }) => !names.has(step.Name) && isBetween(step.Name, known, names));
  if (between.length > 0)
    return {
      problem: `Select ${between.map(({ step }) => step.Name).join(", ")}, too: all steps between selected steps must be selected`,
    };
  const needed = graph
    .filter(({ step }) => names.has(step.Name))
    .flatMap(({ dependencies }) => dependencies.map((each) => each.step))
    .filter((name) => !names.has(name));
  return taken([...new Set(needed)], source);
}

function taken(needed: readonly string[], source: ExecutionRecord | undefined): Reused {
  if (needed.length === 0) return { steps: [] };
  if (source === undefined)
    return {
      problem: `SourcePipelineExecutionArn is required: selected steps need the outputs of ${needed.join(", ")}`,
    };
  const successful = new Map(
    source.steps.filter((step) => step.status === "Succeeded").map((step) => [step.name, step]),
  );
  const missing = needed.filter((name) => !successful.has(name));
  if (missing.length > 0)
    return { problem: `The source execution ${source.arn} has no successful step ${missing.join(", ")}` };
  return { steps: [...successful.values()].filter((step) => needed.includes(step.name)) };
}

/** Tells whether a step is on a path between two selected steps. */
function isBetween(name: string, known: ReadonlyMap<string, GraphNode>, selected: ReadonlySet<string>): boolean {
  const followsSelected = reaches(
    name,
    (each) => known.get(each)?.dependencies.map(({ step }) => step) ?? [],
    selected,
  );
  const after = new Map<string, string[]>();
  for (const { step, dependencies } of known.values())
    for (const each of dependencies) after.set(each.step, [...(after.get(each.step) ?? []), step.Name]);
  return followsSelected && reaches(name, (each) => after.get(each) ?? [], selected);
}

function reaches(from: string, next: (name: string) => readonly string[], goals: ReadonlySet<string>): boolean {
  const seen = new Set<string>();
  const open = [...next(from)];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (goals.has(name)) return true;
    if (!seen.has(name)) open.push(...next(name));
    seen.add(name);
  }
  return false;
}
