import { definitionBody } from "#language";
import {
  type DeclaredPipeline,
  type GetPipeline,
  gateByNames,
  type PipelineContext,
} from "../pipelines/training-pipeline.ts";

const otherInstanceType = (type: string) => (type === "ml.m5.large" ? "ml.m5.xlarge" : "ml.m5.large");

/** Returns another valid value for each setting that a configuration can choose for a pipeline. */
const otherValues = {
  inputDataUrl: (url: string) => `${url}-other`,
  ceiling: (ceiling: number) => ceiling * 2,
  relativeTolerance: (fraction: number) => (fraction === 0 ? 1 : fraction / 2),
  absoluteTolerance: (amount: number) => amount + 1,
  image: (image: string) => `${image}-other`,
  processingInstanceType: otherInstanceType,
  trainingInstanceType: otherInstanceType,
};

/** Returns everything that a setting can change: the definition and the gate. */
function fingerprint({ pipeline, gate }: DeclaredPipeline): string {
  return definitionBody(pipeline) + JSON.stringify(gate && gateByNames(gate));
}

/**
 * Returns a line for each configured setting that the pipeline ignores. For each setting it builds the pipeline again with
 * another value and compares the results. A pipeline that rejects the other value uses the setting, too.
 *
 * @param made the pipeline that `getPipeline` returned for the context
 */
export function unusedSettings(
  folder: string,
  getPipeline: GetPipeline,
  context: PipelineContext,
  made: DeclaredPipeline,
): readonly string[] {
  const isIgnored = (other: PipelineContext): boolean => {
    try {
      return fingerprint(getPipeline(other)) === fingerprint(made);
    } catch {
      return false;
    }
  };
  return (Object.keys(otherValues) as (keyof typeof otherValues)[]).flatMap((setting) => {
    const value = context[setting];
    const other = otherValues[setting] as (value: string | number) => string | number;
    if (value === undefined || !isIgnored({ ...context, [setting]: other(value) })) return [];
    return `pipelines.${folder}.${setting}: got ${value}, but this pipeline does not use it; leave it out, or use context.${setting} in pipelines/${folder}/pipeline.ts`;
  });
}
