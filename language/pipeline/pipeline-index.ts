import { childSteps, type Step } from "../steps/step.ts";
import type { Pipeline } from "./pipeline.ts";
import { stepUses, type Use } from "./uses.ts";

/** What a step stands in: a branch of a condition step, or the body of a ForEach step. */
export interface Container {
  readonly step: Step;
  readonly part: "if" | "else" | "body";
}

/** A step, and what it stands in, from the outermost inwards. */
export interface PlacedStep {
  readonly step: Step;
  readonly containers: readonly Container[];
  /** Every expression and odd number of the step itself, not of the steps inside of it. */
  readonly uses: readonly Use[];
}

/** A pipeline's steps, each looked at once. */
export interface PipelineIndex {
  readonly pipeline: Pipeline;
  readonly steps: readonly PlacedStep[];
  /** The first step of each name. */
  readonly byName: ReadonlyMap<string, PlacedStep>;
}

export function indexPipeline(pipeline: Pipeline): PipelineIndex {
  const steps: PlacedStep[] = [];
  const byName = new Map<string, PlacedStep>();
  const place = (step: Step, containers: readonly Container[]): void => {
    const placed = { step, containers, uses: stepUses(step) };
    steps.push(placed);
    if (!byName.has(step.name)) byName.set(step.name, placed);
    if (step.kind === "condition") {
      for (const child of step.ifSteps ?? []) place(child, [...containers, { step, part: "if" }]);
      for (const child of step.elseSteps ?? []) place(child, [...containers, { step, part: "else" }]);
    } else for (const child of childSteps(step)) place(child, [...containers, { step, part: "body" }]);
  };
  for (const step of pipeline.steps) place(step, []);
  return { pipeline, steps, byName };
}
