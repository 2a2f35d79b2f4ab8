import { defined } from "../../service-model/defined.ts";
import type { JobStepType } from "../../service-model/step-types.ts";
import type { CodeAsset } from "../code/code-asset.ts";
import type { Expressible, ExpressibleObject } from "../expressions/expressible.ts";
import type { PropertyFile } from "../expressions/expression.ts";
import { type Properties, properties } from "../expressions/property.ts";
import type { ArgumentTree, JobStep } from "./step.ts";
import { type JobStepOptions, stepData } from "./step-options.ts";

/**
 * A request of the API as arguments of a step. Any value may be an expression. The job's name may be left out, because
 * SageMaker then chooses one.
 */
export type JobArguments<Request extends object, Name extends keyof Request> = ExpressibleObject<
  Omit<Request, Name>
> & {
  readonly [Key in Name]?: Expressible<string>;
};

/** A job step of the type `Type`. Its properties have the shape `Description`. */
export interface TypedJobStep<Type extends JobStepType, Description> extends JobStep {
  readonly type: Type;
  readonly properties: Properties<Description>;
}

/** The parts of a job step that its builder adds to the author's options. */
export interface JobStepContent {
  readonly arguments: ArgumentTree;
  readonly members?: ArgumentTree | undefined;
  readonly files?: readonly PropertyFile[] | undefined;
  readonly assets?: readonly CodeAsset[] | undefined;
}

/** Returns the data of a job step. It is not frozen yet, so that the builder can add outputs. */
export function jobStepData<Type extends JobStepType, Description>(
  type: Type,
  name: string,
  content: JobStepContent,
  options: JobStepOptions,
): TypedJobStep<Type, Description> {
  const { arguments: request, members, files, assets } = content;
  return {
    kind: "job",
    type,
    ...stepData(name, options),
    arguments: request,
    ...defined({ members }),
    ...(files === undefined || files.length === 0 ? {} : { files: Object.freeze([...files]) }),
    ...(assets === undefined || assets.length === 0 ? {} : { assets: Object.freeze([...assets]) }),
    properties: properties<Description>(name),
  };
}

/** The options of a job step that is declared by its arguments alone. */
export type WithArguments<Arguments, Options> = Options & {
  readonly arguments: Arguments;
  /** The local files whose S3 URIs stand in the arguments. */
  readonly assets?: readonly CodeAsset[] | undefined;
};

/** Declares a job step that has properties but no outputs. */
export function plainJobStep<Type extends JobStepType, Description>(
  type: Type,
  name: string,
  { arguments: request, assets, ...options }: WithArguments<ArgumentTree, JobStepOptions>,
): TypedJobStep<Type, Description> {
  return Object.freeze(jobStepData<Type, Description>(type, name, { arguments: request, assets }, options));
}
