import type { Expression, Primitive, Property } from "../expressions/expression.ts";
import { property } from "../expressions/property.ts";
import { recordOf } from "../expressions/record.ts";
import { type JobStepContent, jobStepData } from "./job-step.ts";
import type { JobStep } from "./step.ts";
import type { CacheableStepOptions } from "./step-options.ts";

/** The JSON input of a Lambda function or a callback message. Any part of it may be an expression. */
export type Payload = { readonly [key: string]: PayloadValue };
/** One value of a {@link Payload}. */
export type PayloadValue = Primitive | null | Expression | readonly PayloadValue[] | Payload;

/** The type of one value in the answer of a Lambda function or a callback. */
export type OutputParameterType = "String" | "Integer" | "Boolean" | "Float";

type ValueOf<Type> = Type extends "String" ? string : Type extends "Boolean" ? boolean : number;

/** The types of the answer's values, by name. */
export type OutputParameterTypes = { readonly [name: string]: OutputParameterType };

/** The answer's values, by name, each as an expression of its type. */
export type OutputParameters<Outputs extends OutputParameterTypes> = {
  readonly [Name in keyof Outputs]: Property<ValueOf<Outputs[Name]>>;
};

/** The inputs of a Lambda or Callback step and the values of its answer. */
export interface AnsweringStepOptions<Outputs extends OutputParameterTypes> extends CacheableStepOptions {
  /** The event of the Lambda function, or the part of the queue's message beside the callback token. */
  readonly inputs?: Payload | undefined;
  /** The names and types of the values in the answer. */
  readonly outputs?: Outputs | undefined;
}

/** A step that waits for the answer of a Lambda function or of a program that reads the queue. */
export interface AnsweringStep<Type extends "Lambda" | "Callback", Outputs extends OutputParameterTypes>
  extends JobStep {
  readonly type: Type;
  readonly outputs: OutputParameters<Outputs>;
}

/** Declares a Lambda or Callback step. `members` holds the ARN of the function or the URL of the queue. */
export function answeringStep<Type extends "Lambda" | "Callback", Outputs extends OutputParameterTypes>(
  type: Type,
  name: string,
  members: { readonly [key: string]: unknown },
  { inputs = {}, outputs = {} as Outputs, ...options }: AnsweringStepOptions<Outputs>,
): AnsweringStep<Type, Outputs> {
  const OutputParameters = Object.entries(outputs).map(([OutputName, OutputType]) => ({ OutputName, OutputType }));
  const content: JobStepContent = { arguments: inputs, members: { ...members, OutputParameters } };
  const { properties: _, ...data } = jobStepData(type, name, content, options);
  return Object.freeze({
    ...data,
    outputs: recordOf(`step ${name}, outputs`, Object.keys(outputs), (output) =>
      property(name, `OutputParameters['${output}']`),
    ) as OutputParameters<Outputs>,
  });
}
