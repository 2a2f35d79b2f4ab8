import { defined } from "../../service-model/defined.ts";
import type { JobStepType } from "../../service-model/step-types.ts";
import type { CodeAsset } from "../code/code-asset.ts";
import type { Expressible, ExpressibleObject } from "../expressions/expressible.ts";
import type { PropertyFile } from "../expressions/expression.ts";
import { type Properties, properties } from "../expressions/property.ts";
import type { ArgumentTree, JobStep } from "./step.ts";
import { type JobStepOptions, stepData } from "./step-options.ts";

/**
 * A request of the service as arguments: any value may be an expression, and the job's name, which the service chooses
 * otherwise, may be left out.
 */
export type JobArguments<Request extends object, Name extends keyof Request> = ExpressibleObject<
  Omit<Request, Name>
> & {
  readonly [Key in Name]?: Expressible<string>;
};

/** A job step of the type `Type`, whose properties have the shape `Description`. */
export interface TypedJobStep<Type extends JobStepType, Description> extends JobStep {
  readonly type: Type;
  readonly properties: Properties<Description>;
}

/** What is in a job step beside the options that its author gives. */
export interface JobStepContent {
  readonly arguments: ArgumentTree;
  readonly members?: ArgumentTree | undefined;
  readonly files?: readonly PropertyFile[] | undefined;
  readonly assets?: readonly CodeAsset[] | undefined;
}

/** The data of a job step, not yet frozen, so that its type can add what it offers to others. */
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

/** What the function of a type without any speciality takes: its arguments, and what a step may say of itself. */
export type WithArguments<Arguments, Options> = Options & {
  readonly arguments: Arguments;
  /** Local files that the arguments name by their address. */
  readonly assets?: readonly CodeAsset[] | undefined;
};

/** A job step that offers its properties and nothing else. */
export function plainJobStep<Type extends JobStepType, Description>(
  type: Type,
  name: string,
  { arguments: request, assets, ...options }: WithArguments<ArgumentTree, JobStepOptions>,
): TypedJobStep<Type, Description> {
  return Object.freeze(jobStepData<Type, Description>(type, name, { arguments: request, assets }, options));
}
