import { defined } from "../../service-model/defined.ts";
import type { ParameterType } from "../../service-model/definition.ts";
import { expression, type Parameter, type Primitive, type Resolving } from "./expression.ts";

/** Without a default, every execution has to give the value. */
export interface ParameterOptions<T> {
  readonly default?: T;
}

/** What a String parameter may say beside its name. */
export interface StringParameterOptions<Enum extends string> extends ParameterOptions<NoInfer<Enum>> {
  /** The values an execution may give: at most 16. */
  readonly enum?: readonly Enum[];
}

/** A parameter from its data. */
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
 * A String parameter, with the values it may have as `enum`: a default outside of them does not compile.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-parameters.html
 */
export function stringParameter<const Enum extends string = string>(
  name: string,
  options: StringParameterOptions<Enum> = {},
): Parameter<string> {
  return parameter("String", name, options);
}

/** A whole number, as a `bigint` where a double cannot hold it exactly. See {@link stringParameter}. */
export function integerParameter(name: string, options: ParameterOptions<number | bigint> = {}): Parameter<number> {
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
