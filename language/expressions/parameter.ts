import { defined } from "../../service-model/defined.ts";
import type { ParameterType } from "../../service-model/definition.ts";
import { expression, type Parameter, type Primitive, type Resolving } from "./expression.ts";

/** The options of a parameter. Without a default value, every execution must give one. */
export interface ParameterOptions<T> {
  readonly default?: T;
}

/** The options of a String parameter. */
export interface StringParameterOptions<Enum extends string> extends ParameterOptions<NoInfer<Enum>> {
  /** The allowed values, at most 16. */
  readonly enum?: readonly Enum[];
}

/** Returns a parameter with the given data. */
export function parameterData<T>(data: Omit<Parameter<T>, "kind" | keyof Resolving<T>>): Parameter<T> {
  return expression<Parameter<T>>({ kind: "parameter", ...data });
}

function parameter<T>(
  type: ParameterType,
  name: string,
  options: ParameterOptions<Primitive | bigint> & { readonly enum?: readonly string[] },
): Parameter<T> {
  return parameterData<T>({
    name,
    type,
    ...defined({ defaultValue: options.default, enumValues: options.enum && Object.freeze([...options.enum]) }),
  });
}

/**
 * Declares a String parameter. A default value that is not in `enum` is a compile error.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-parameters.html
 */
export function stringParameter<const Enum extends string = string>(
  name: string,
  options: StringParameterOptions<Enum> = {},
): Parameter<string> {
  return parameter("String", name, options);
}

/** Declares an Integer parameter. Use a `bigint` for a default value that a double cannot hold exactly. */
export function integerParameter(name: string, options: ParameterOptions<number | bigint> = {}): Parameter<number> {
  return parameter("Integer", name, options);
}

/** Declares a Float parameter. */
export function floatParameter(name: string, options: ParameterOptions<number> = {}): Parameter<number> {
  return parameter("Float", name, options);
}

/** Declares a Boolean parameter. */
export function booleanParameter(name: string, options: ParameterOptions<boolean> = {}): Parameter<boolean> {
  return parameter("Boolean", name, options);
}
