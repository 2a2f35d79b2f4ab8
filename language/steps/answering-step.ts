import type { Expression, Primitive, Property } from "../expressions/expression.ts";
import { property } from "../expressions/property.ts";
import { recordOf } from "../expressions/record.ts";
import { type JobStepContent, jobStepData } from "./job-step.ts";
import type { JobStep } from "./step.ts";
import type { CacheableStepOptions } from "./step-options.ts";

/** A JSON value that a function or a queue is given, any part of which may be an expression. */
export type Payload = { readonly [key: string]: PayloadValue };
export type PayloadValue = Primitive | null | Expression | readonly PayloadValue[] | Payload;

/** The type of a value that a Lambda function or a callback answers with. */
export type OutputParameterType = "String" | "Integer" | "Boolean" | "Float";

type ValueOf<Type> = Type extends "String" ? string : Type extends "Boolean" ? boolean : number;

/** The types of the values by their names. */
export type OutputParameterTypes = { readonly [name: string]: OutputParameterType };

/** Each value as an expression of its type. */
export type OutputParameters<Outputs extends OutputParameterTypes> = {
  readonly [Name in keyof Outputs]: Property<ValueOf<Outputs[Name]>>;
};

/** What is asked, and what the answer carries. */
export interface AnsweringStepOptions<Outputs extends OutputParameterTypes> extends CacheableStepOptions {
  /** What the function is called with, or what the message to the queue says beside the token to answer with. */
  readonly inputs?: Payload | undefined;
  /** What the answer carries, by name and type. */
  readonly outputs?: Outputs | undefined;
}

/** A step that somebody else's program answers. */
export interface AnsweringStep<Type extends "Lambda" | "Callback", Outputs extends OutputParameterTypes>
  extends JobStep {
  readonly type: Type;
  readonly outputs: OutputParameters<Outputs>;
}

/** A step of that type; `members` say whom it asks. */
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
