import { ExitError, exitCode } from "../../exit-code.ts";
import { type GatedPipeline, isGated, type StackOutputs } from "../../stack-outputs.ts";
import { selectPipeline } from "./read-outputs.ts";

/** A pipeline of a stack that the check judges. */
export interface Gated {
  /** The pipeline's folder. */
  readonly folder: string;
  readonly pipeline: GatedPipeline;
}

/**
 * Selects the named pipeline for a check.
 *
 * @throws ExitError (2) if the stack has no pipeline of that name, or it has no gate
 */
export function selectGated(outputs: StackOutputs, name: string): GatedPipeline {
  const pipeline = selectPipeline(outputs, name);
  if (isGated(pipeline)) return pipeline;
  throw new ExitError(
    exitCode.usage,
    `--pipeline ${name}: it has no gate, so no check can judge it; use run-pipeline, or add a gate to its pipeline.ts.`,
  );
}

/**
 * Returns the pipelines that a check judges: the named one, or all that have a gate. Prints a line for each one that it skips.
 *
 * @throws ExitError (2) if the stack has no pipeline, or as {@link selectGated}
 */
export function gatedPipelines(
  outputs: StackOutputs,
  name: string | undefined,
  print: (line: string) => void,
): readonly Gated[] {
  if (name !== undefined) return [{ folder: name, pipeline: selectGated(outputs, name) }];
  const all = Object.entries(outputs.pipelines);
  if (all.length === 0) selectPipeline(outputs, name);
  return all.flatMap(([folder, pipeline]) => {
    if (isGated(pipeline)) return { folder, pipeline };
    print(`The pipeline ${folder} is deployed, but not checked, because it has no gate.`);
    return [];
  });
}

/**
 * Checks that options which are meant for one pipeline lead to one.
 *
 * @param options the given options of this kind, such as `--file`
 * @param gated the folders of the pipelines that would be checked without `--pipeline`
 * @throws ExitError (2) if such an option is given and several pipelines would be checked
 */
export function requireOnePipeline(options: readonly string[], gated: readonly string[]): void {
  const [option] = options;
  if (option === undefined || gated.length < 2) return;
  throw new ExitError(
    exitCode.usage,
    `${option} is meant for one pipeline, but several have a gate; give --pipeline with one of: ${gated.join(", ")}.`,
  );
}
