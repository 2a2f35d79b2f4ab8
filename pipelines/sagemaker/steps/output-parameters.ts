import { type Property, property } from "../expressions/property.ts";
import { recordOf } from "../record.ts";

/** The type of a value that a Lambda function or a callback answers with. */
export type OutputParameterType = "String" | "Integer" | "Boolean" | "Float";

type ValueOf<Type> = Type extends "String" ? string : Type extends "Boolean" ? boolean : number;

/** The types of the values by their names. */
export type OutputParameterTypes = { readonly [name: string]: OutputParameterType };

/** Each value as an expression of its type. */
export type OutputParameters<Outputs extends OutputParameterTypes> = {
  readonly [Name in keyof Outputs]: Property<ValueOf<Outputs[Name]>>;
};

/** `OutputParameters` of the definition. */
export function outputParameterList(outputs: OutputParameterTypes) {
  return Object.entries(outputs).map(([OutputName, OutputType]) => ({ OutputName, OutputType }));
}

/** The values that the step `step` answers with, from `root` on. */
export function outputParameters<Outputs extends OutputParameterTypes>(
  step: string,
  outputs: Outputs,
): OutputParameters<Outputs> {
  return recordOf(`step ${step}, outputs`, Object.keys(outputs), (name) =>
    property(step, `OutputParameters['${name}']`),
  ) as OutputParameters<Outputs>;
}
