import type { CodeAsset } from "./code-asset.ts";
import type { Parameter } from "./parameter.ts";
import { allSteps, type Step } from "./steps/step.ts";

/** A pipeline: frozen data, rendered by `renderDefinition`. */
export interface Pipeline {
  readonly kind: "pipeline";
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly steps: readonly Step[];
}

/** A pipeline of parameters and steps, in the order in which the definition shows them. */
export function pipeline(
  name: string,
  options: { readonly parameters?: readonly Parameter[]; readonly steps: readonly Step[] },
): Pipeline {
  return Object.freeze({
    kind: "pipeline",
    name,
    parameters: Object.freeze([...(options.parameters ?? [])]),
    steps: Object.freeze([...options.steps]),
  });
}

/** The local files that a deploy has to upload for the pipeline to run, each address once. */
export function codeAssets({ steps }: Pipeline): readonly CodeAsset[] {
  const assets = allSteps(steps).flatMap((step) => (step.type === "Condition" ? [] : (step.assets ?? [])));
  return [...new Map(assets.map((asset) => [asset.s3Uri, asset])).values()];
}
