/**
 * Expressions: values that SageMaker resolves during an execution. Each is frozen data with a `kind`; `render-pipeline.ts` alone
 * knows how the service spells them. The type parameter is the type of the resolved value, so that an Integer
 * parameter does not fit where the service wants a string.
 */
import type { Json, ParameterType } from "../../service-model/definition.ts";

/** Marks an expression, however often this module is loaded. An argument tree may have keys of any name, so no name could. */
export const resolvesTo: unique symbol = Symbol.for("sagemaker.expression.resolvesTo");

/** What every kind of expression has: the type of its value. */
export interface Resolving<out T> {
  readonly [resolvesTo]?: T | undefined;
}

/**
 * A pipeline parameter; used as a value, it is the execution's value for it. Its optional members also take undefined,
 * because the compiler otherwise blames them where a parameter has the wrong type.
 */
export interface Parameter<out T = unknown> extends Resolving<T> {
  readonly kind: "parameter";
  readonly name: string;
  readonly type: ParameterType;
  readonly defaultValue?: Primitive | bigint | undefined;
  readonly enumValues?: readonly string[] | undefined;
  /** Members of a definition that was read, beside those above. */
  readonly members?: { readonly [key: string]: Json } | undefined;
}

/** A fact of the execution, by the service's own name. */
export interface ExecutionVariable extends Resolving<string> {
  readonly kind: "execution-variable";
  readonly name: string;
}

/** One value of the description of a step's job. */
export interface Property<out T = unknown> extends Resolving<T> {
  readonly kind: "property";
  readonly step: string;
  /** The path below the step as the service spells it, such as `ModelArtifacts.S3ModelArtifacts`. */
  readonly path: string;
}

declare const content: unique symbol;

/** The type of a JSON file as a whole, which fits no argument. */
interface FileContent {
  readonly [content]: never;
}

/**
 * A JSON file in an output of a processing step, declared on the step so that expressions can read it. As a whole it is
 * no value: `jsonGet` reads one out of it.
 */
export interface PropertyFile extends Resolving<FileContent> {
  readonly kind: "property-file";
  readonly step: string;
  readonly name: string;
  readonly output: string;
  readonly path: string;
}

/** Values to become one string, with `on` between them. */
export interface Join extends Resolving<string> {
  readonly kind: "join";
  readonly on: string;
  readonly values: readonly Value<Primitive>[];
}

/** One value of a JSON file: `file` is a property file, or the S3 URI of any JSON file. */
export interface JsonGet<out T = Primitive> extends Resolving<T> {
  readonly kind: "json-get";
  readonly file: PropertyFile | Value<string>;
  readonly path: string;
}

/** The item of an iteration, or a part of it: valid in the body of a ForEach step only. */
export interface CurrentItemPath<out T = unknown> extends Resolving<T> {
  readonly kind: "current-item";
  /** The path below the item, empty for the item itself. */
  readonly path: string;
}

/** A value of a body step, by which a ForEach step selects an iteration. */
export interface IterationOutput<out T = unknown> extends Resolving<T> {
  readonly kind: "iteration-output";
  readonly step: string;
  readonly path: string;
}

/** A `Get` of a definition that was read, to something that the service does not have. */
export interface UnknownReference extends Resolving<never> {
  readonly kind: "unknown";
  readonly reference: string;
}

/** A value of type `T` that is known during an execution. */
export type Expression<T = unknown> =
  | Parameter<T>
  | Property<T>
  | JsonGet<T>
  | CurrentItemPath<T>
  | IterationOutput<T>
  | UnknownReference
  | (string extends T ? ExecutionVariable | Join : never)
  | (FileContent extends T ? PropertyFile : never);

/** The values that parameters have and conditions compare. */
export type Primitive = string | number | boolean;

/** A plain value or an expression that resolves to one. */
export type Value<T> = T | Expression<T>;

/** Marks and freezes the data of an expression. */
export function expression<E extends Resolving<unknown>>(data: Omit<E, typeof resolvesTo>): E {
  return Object.freeze({ ...data, [resolvesTo]: undefined }) as unknown as E;
}

/** Tells whether a value of an argument tree is an expression. */
export function isExpression(value: unknown): value is Expression {
  return typeof value === "object" && value !== null && resolvesTo in value;
}
