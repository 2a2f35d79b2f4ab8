import { childSteps, type Step } from "../steps/step.ts";
import type { Pipeline } from "./pipeline.ts";
import { stepUses, type Use } from "./uses.ts";

/** The branch of a Condition step or the body of a ForEach step that contains another step. */
export interface EnclosingPart {
  readonly step: Step;
  readonly part: "if" | "else" | "body";
}

/** A step with the branches and bodies that contain it, the outermost first. */
export interface PlacedStep {
  readonly step: Step;
  readonly containers: readonly EnclosingPart[];
  /** The expressions and the non-finite numbers of the step itself, without those of nested steps. */
  readonly uses: readonly Use[];
}

/** An index of a pipeline's steps, which visits each step once. */
export interface PipelineIndex {
  readonly pipeline: Pipeline;
  readonly steps: readonly PlacedStep[];
  /** The steps by name. If several have the same name, the first one. */
  readonly byName: ReadonlyMap<string, PlacedStep>;
}

/** Returns the index of a pipeline. */
export function indexPipeline(pipeline: Pipeline): PipelineIndex {
  const steps: PlacedStep[] = [];
  const byName = new Map<string, PlacedStep>();
  const place = (step: Step, containers: readonly EnclosingPart[]): void => {
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
