import type { Trigger } from "../../service-model/definition.ts";
import { isExpression } from "../expressions/expression.ts";
import type { Pipeline } from "./pipeline.ts";
import { indexPipeline, type PipelineIndex, type PlacedStep } from "./pipeline-index.ts";

/**
 * Why a step waits for another one: it uses something of it (`data`), it says so (`order`), or it stands in a branch or
 * in the body of it.
 */
export type EdgeKind = "data" | "order" | "if" | "else" | "body";

/** One step waiting for another: `to` runs after `from`. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly kind: EdgeKind;
  /** Of an `order` edge that is not for success. */
  readonly trigger?: Trigger;
}

/** The steps of a pipeline, and which waits for which. */
export interface Graph {
  readonly steps: readonly PlacedStep[];
  /** One for each pair and kind, in the order of the definition. */
  readonly edges: readonly Edge[];
}

/** The names of the steps whose results a step uses, each once. */
export function usedSteps({ uses }: Pick<PlacedStep, "uses">): readonly string[] {
  const names = new Set<string>();
  for (const { value } of uses)
    if (isExpression(value) && (value.kind === "property" || value.kind === "property-file")) names.add(value.step);
  return [...names];
}

function edgesTo(placed: PlacedStep): readonly Edge[] {
  const to = placed.step.name;
  const container = placed.containers.at(-1);
  const order = new Map((placed.step.dependsOn ?? []).map((each) => [`${each.step} ${each.trigger ?? ""}`, each]));
  return [
    ...usedSteps(placed).map((from): Edge => ({ from, to, kind: "data" })),
    ...[...order.values()].map(
      ({ step: from, trigger }): Edge => ({
        ...{ from, to, kind: "order" },
        ...(trigger === undefined || trigger === "Completed" ? {} : { trigger }),
      }),
    ),
    ...(container === undefined ? [] : [{ from: container.step.name, to, kind: container.part }]),
  ];
}

/** The dependency graph of steps that are already indexed. */
export function graphOfIndex({ steps }: PipelineIndex): Graph {
  return { steps, edges: steps.flatMap(edgesTo) };
}

/** The dependency graph of a pipeline. References to steps that are not there are edges, too. */
export function pipelineGraph(pipeline: Pipeline): Graph {
  return graphOfIndex(indexPipeline(pipeline));
}
