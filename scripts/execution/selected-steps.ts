import { pipelineGraph } from "../../pipelines/sagemaker/graph.ts";
import type { Pipeline } from "../../pipelines/sagemaker/pipeline-model.ts";
import { limits } from "../../pipelines/sagemaker/service/limits.ts";
import { ExitError, exitCode } from "../command/exit-code.ts";

/** A part of a pipeline, in the order of the definition. */
export interface SelectedSteps {
  readonly steps: readonly string[];
  /** The other steps that it waits for, whose results have to be there. */
  readonly needed: readonly string[];
  /** Those and all that they wait for in turn: what its results come from. */
  readonly upstream: readonly string[];
}

/**
 * A step of a pipeline and all steps that wait for it, directly or through others: what a selective execution has to select to
 * run the pipeline from there to its end.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/pipelines-selective-ex.html
 *
 * @throws ExitError (2) if there is no such step, or more follow it than SageMaker selects
 */
export function stepsFrom(pipeline: Pipeline, name: string): SelectedSteps {
  const { steps, edges } = pipelineGraph(pipeline);
  // What is in the body of a loop is no step of its own.
  const names = steps
    .filter(({ containers }) => containers.every(({ part }) => part !== "body"))
    .map(({ step }) => step.name);
  if (!names.includes(name))
    throw new ExitError(exitCode.usage, `--from-step: there is no step "${name}"; there are: ${names.join(", ")}.`);
  const selected = new Set([name]);
  for (let count = 0; count < selected.size; ) {
    count = selected.size;
    for (const { from, to } of edges) if (selected.has(from)) selected.add(to);
  }
  const chosen = names.filter((each) => selected.has(each));
  if (chosen.length > limits.selectedSteps)
    throw new ExitError(
      exitCode.usage,
      `--from-step ${name}: ${chosen.length} steps begin there, and SageMaker selects ${limits.selectedSteps}; give a later step.`,
    );
  const before = (after: ReadonlySet<string>) =>
    new Set(edges.filter(({ from, to }) => after.has(to) && !selected.has(from)).map(({ from }) => from));
  const needed = before(selected);
  const upstream = new Set(needed);
  for (let count = -1; count < upstream.size; ) {
    count = upstream.size;
    for (const name of before(upstream)) upstream.add(name);
  }
  const inOrder = (some: ReadonlySet<string>) => names.filter((each) => some.has(each));
  return { steps: chosen, needed: inOrder(needed), upstream: inOrder(upstream) };
}
