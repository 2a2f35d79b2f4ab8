import { pipeline, scriptProcessingStep, stringParameter, xgboostImageUri } from "#language";
import type { DeclaredPipeline, PipelineContext } from "../training-pipeline.ts";

export const sampleData = new URL("scores.csv", import.meta.url);

/** Copies data, and trains no model that a check could judge. */
export function getPipeline(context: PipelineContext): DeclaredPipeline {
  const data = stringParameter("InputDataUrl");
  const copy = scriptProcessingStep("CopyScores", {
    context,
    image: xgboostImageUri("3.0-5", context.region),
    script: new URL("copy.py", import.meta.url),
    instances: { type: "ml.m5.large" },
    inputs: { data },
    outputs: ["scores"],
    maxRuntimeInSeconds: 600,
  });
  return { pipeline: pipeline(context.pipelineName, { parameters: [data], steps: [copy] }) };
}
