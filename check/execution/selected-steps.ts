import { ExitError, exitCode } from "../../exit-code.ts";
import type { Pipeline } from "../../language/pipeline/pipeline.ts";
import { renderPipeline } from "../../language/pipeline/render-pipeline.ts";
import { limits } from "../../service-model/limits.ts";
import { stepGraph } from "../../service-model/step-graph.ts";

/** The selected steps of a pipeline, in the order of the definition. */
export interface SelectedSteps {
  readonly steps: readonly string[];
  /** The steps that the selected ones directly depend on, whose results must exist. */
  readonly needed: readonly string[];
  /** Those steps and everything that they depend on. */
  readonly upstream: readonly string[];
}

/** Returns steps together with all that can be reached from them along the edges. */
function reached(
  start: Iterable<string>,
  edges: readonly { readonly from: string; readonly to: string }[],
): ReadonlySet<string> {
  const names = new Set(start);
  // The loop also visits the entries that it adds to the set.
  for (const name of names) for (const { from, to } of edges) if (from === name) names.add(to);
  return names;
}

/**
 * Returns a step and all steps that depend on it, directly or through others. A selective execution must select these to run
 * the pipeline from that step to its end.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/pipelines-selective-ex.html
 *
 * @throws ExitError (2) if the step does not exist, or more steps depend on it than SageMaker can select
 */
export function stepsFrom(pipeline: Pipeline, name: string): SelectedSteps {
  const { steps, edges } = stepGraph(renderPipeline(pipeline));
  // A step in the body of a loop cannot be selected by itself.
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
      `--from-step ${name}: this selects ${chosen.length} steps, and SageMaker takes at most ${limits.selectedSteps}; give a later step.`,
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
