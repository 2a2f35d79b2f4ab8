import { ExitError, exitCode } from "../../exit-code.ts";
import type { Pipeline } from "../../language/pipeline/pipeline.ts";
import { renderPipeline } from "../../language/pipeline/render-pipeline.ts";
import { limits } from "../../service-model/limits.ts";
import { stepGraph } from "../../service-model/step-graph.ts";

/** A part of a pipeline, in the order of the definition. */
export interface SelectedSteps {
  readonly steps: readonly string[];
  /** The other steps that it waits for, whose results have to be there. */
  readonly needed: readonly string[];
  /** Those and all that they wait for in turn: what its results come from. */
  readonly upstream: readonly string[];
}

/** Some steps, and all that edges lead to from them, directly or through others. */
function reached(
  start: Iterable<string>,
  edges: readonly { readonly from: string; readonly to: string }[],
): ReadonlySet<string> {
  const names = new Set(start);
  // A set that grows while it is gone through is gone through to its last end.
  for (const name of names) for (const { from, to } of edges) if (from === name) names.add(to);
  return names;
}

/**
 * A step of a pipeline and all steps that wait for it, directly or through others: what a selective execution has to select to
 * run the pipeline from there to its end.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/pipelines-selective-ex.html
 *
 * @throws ExitError (2) if there is no such step, or more follow it than SageMaker selects
 */
export function stepsFrom(pipeline: Pipeline, name: string): SelectedSteps {
  const { steps, edges } = stepGraph(renderPipeline(pipeline));
  // What is in the body of a loop is no step of its own.
  const names = steps
    .filter(({ containers }) => containers.every(({ part }) => part !== "body"))
    .map(({ step }) => step.Name);
  if (!names.includes(name))
    throw new ExitError(exitCode.usage, `--from-step: there is no step "${name}"; there are: ${names.join(", ")}.`);
  const selected = reached([name], edges);
  const chosen = names.filter((each) => selected.has(each));
  if (chosen.length > limits.selectedSteps)
    throw new ExitError(
      exitCode.usage,
      `--from-step ${name}: ${chosen.length} steps begin there, and SageMaker selects ${limits.selectedSteps}; give a later step.`,
    );
  const needed = new Set(
    edges.filter(({ from, to }) => selected.has(to) && !selected.has(from)).map(({ from }) => from),
  );
  const upstream = reached(
    needed,
    edges.map(({ from, to }) => ({ from: to, to: from })),
  );
  const inOrder = (some: ReadonlySet<string>) => names.filter((each) => some.has(each));
  return { steps: chosen, needed: inOrder(needed), upstream: inOrder(upstream) };
}
