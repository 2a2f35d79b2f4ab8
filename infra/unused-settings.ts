import { definitionBody } from "#language";
import {
  type GetPipeline,
  gateByNames,
  type PipelineContext,
  type TrainingPipeline,
} from "../pipelines/training-pipeline.ts";

/** What a configuration can choose for a pipeline in its context, and another value in place of one. */
const others = {
  inputDataUrl: (url: string) => `${url}-other`,
  ceiling: (ceiling: number) => ceiling * 2,
  relativeTolerance: (fraction: number) => (fraction === 0 ? 1 : fraction / 2),
  absoluteTolerance: (amount: number) => amount + 1,
  image: (image: string) => `${image}-other`,
  processingInstanceType: otherInstanceType,
  trainingInstanceType: otherInstanceType,
};

type Setting = keyof typeof others;

function otherInstanceType(type: string): string {
  return type === "ml.m5.large" ? "ml.m5.xlarge" : "ml.m5.large";
}

/** A context with another value for a setting; undefined if it has none. */
function otherContext(context: PipelineContext, setting: Setting): PipelineContext | undefined {
  const value = context[setting];
  const other = others[setting] as (value: string | number) => string | number;
  return value === undefined ? undefined : { ...context, [setting]: other(value) };
}

/** All that a pipeline is, and how it is judged, as one text. */
function shown({ pipeline, gate }: TrainingPipeline): string {
  return definitionBody(pipeline) + JSON.stringify(gateByNames(gate));
}

/** Whether the pipeline is the same with another value. One that refuses the other value uses it. */
function isIgnored(getPipeline: GetPipeline, made: TrainingPipeline, other: PipelineContext): boolean {
  try {
    return shown(getPipeline(other)) === shown(made);
  } catch {
    return false;
  }
}

/**
 * One line for each setting that is configured for a pipeline and changes nothing about it.
 *
 * @param made what `getPipeline` made of the context
 */
export function unusedSettings(
  folder: string,
  getPipeline: GetPipeline,
  context: PipelineContext,
  made: TrainingPipeline,
): readonly string[] {
  return (Object.keys(others) as Setting[]).flatMap((setting) => {
    const other = otherContext(context, setting);
    return other === undefined || !isIgnored(getPipeline, made, other)
      ? []
      : [
          `pipelines.${folder}.${setting}: got ${context[setting]}, but this pipeline does not use it; leave it out, or use context.${setting} in pipelines/${folder}/pipeline.ts`,
        ];
  });
}
