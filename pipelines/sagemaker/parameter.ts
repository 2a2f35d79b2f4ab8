import type { ParameterType } from "./definition.ts";
import type { Expression, Primitive } from "./expression.ts";

/** A pipeline parameter; used as a value, it is the execution's value for it. */
export interface Parameter<T extends Primitive = Primitive> extends Expression<T> {
  readonly kind: "parameter";
  readonly name: string;
  readonly type: ParameterType;
  readonly defaultValue?: T;
  readonly enumValues?: readonly string[];
}

/** Without a default, every execution has to give the value. */
export interface ParameterOptions<T extends Primitive> {
  readonly default?: T;
}

export interface StringParameterOptions<Enum extends string> extends ParameterOptions<Enum> {
  readonly enum?: readonly Enum[];
}

function parameter<T extends Primitive>(
  type: ParameterType,
  name: string,
  options: ParameterOptions<T> & { readonly enum?: readonly string[] },
): Parameter<T> {
  return Object.freeze({
    kind: "parameter",
    name,
    type,
    ...(options.default === undefined ? {} : { defaultValue: options.default }),
    ...(options.enum === undefined ? {} : { enumValues: Object.freeze([...options.enum]) }),
  });
}

/**
 * The four parameter types of SageMaker Pipelines. Only strings have an enumeration.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-parameters.html
 */
export function stringParameter<const Enum extends string = string>(
  name: string,
  options: StringParameterOptions<Enum> = {},
): Parameter<string> {
  return parameter<string>("String", name, options);
}

/** A whole number. See {@link stringParameter}. */
export function integerParameter(name: string, options: ParameterOptions<number> = {}): Parameter<number> {
  return parameter("Integer", name, options);
}

/** A floating-point number. See {@link stringParameter}. */
export function floatParameter(name: string, options: ParameterOptions<number> = {}): Parameter<number> {
  return parameter("Float", name, options);
}

/** True or false. See {@link stringParameter}. */
export function booleanParameter(name: string, options: ParameterOptions<boolean> = {}): Parameter<boolean> {
  return parameter("Boolean", name, options);
}
