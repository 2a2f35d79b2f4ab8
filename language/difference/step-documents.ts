import type { Json, PipelineDefinition, StepDefinition } from "../../service-model/definition.ts";
import { definitionSteps, ownArguments } from "../../service-model/step-graph.ts";
import type { Pipeline } from "../pipeline/pipeline.ts";
import { indexPipeline, type PlacedStep } from "../pipeline/pipeline-index.ts";

/** A step's part of the definition, without nested steps, and the step's place. */
export interface StepDocument {
  readonly placed: PlacedStep;
  readonly document: Json;
  /** The place in words, such as `in the if branch of Check`. */
  readonly place: string;
}

function withoutInner(step: StepDefinition): Json {
  const { Name: _, ...members } = step;
  return { ...members, Arguments: ownArguments(step) } as unknown as Json;
}

function placeOf({ containers }: PlacedStep): string {
  const container = containers.at(-1);
  if (container === undefined) return "at the top level";
  if (container.part === "body") return `in the body of ${container.step.name}`;
  return `in the ${container.part} branch of ${container.step.name}`;
}

/** Returns every step of a pipeline by name, nested ones included, in the order of the definition. */
export function stepDocuments(pipeline: Pipeline, definition: PipelineDefinition): ReadonlyMap<string, StepDocument> {
  const documents = definitionSteps(definition);
  return new Map(
    indexPipeline(pipeline).steps.map((placed, index) => [
      placed.step.name,
      { placed, document: withoutInner(documents[index] as StepDefinition), place: placeOf(placed) },
    ]),
  );
}
