/**
 * Expressions: values that SageMaker resolves during an execution. Each is frozen data with a `kind`. Only
 * `render-pipeline.ts` knows their JSON. The type parameter is the type of the resolved value, so an Integer parameter
 * does not compile where SageMaker expects a string.
 */
import type { Json, ParameterType } from "../../service-model/definition.ts";

/** Marks an object as an expression. It is a symbol because arguments may have keys of any name. */
export const resolvesTo: unique symbol = Symbol.for("sagemaker.expression.resolvesTo");

/** The part that every expression has: the type of its value. */
export interface Resolving<out T> {
  readonly [resolvesTo]?: T | undefined;
}

/**
 * A pipeline parameter. As an expression it resolves to the value that the execution was started with. Its optional
 * members also accept undefined, because otherwise the compiler's error names them when the parameter's type is wrong.
 */
export interface Parameter<out T = unknown> extends Resolving<T> {
  readonly kind: "parameter";
  readonly name: string;
  readonly type: ParameterType;
  readonly defaultValue?: Primitive | bigint | undefined;
  readonly enumValues?: readonly string[] | undefined;
  /** Other members, which a definition contained that was read from JSON. */
  readonly members?: { readonly [key: string]: Json } | undefined;
}

/** An execution variable, with SageMaker's name for it. */
export interface ExecutionVariable extends Resolving<string> {
  readonly kind: "execution-variable";
  readonly name: string;
}

/** One value of the Describe response of a step's job. */
export interface Property<out T = unknown> extends Resolving<T> {
  readonly kind: "property";
  readonly step: string;
  /** The path below the step in SageMaker's syntax, such as `ModelArtifacts.S3ModelArtifacts`. */
  readonly path: string;
}

declare const content: unique symbol;

/** The type of a whole JSON file. No argument has this type. */
interface FileContent {
  readonly [content]: never;
}

/**
 * A JSON file in an output of a processing step. The step declares it, so that `jsonGet` can read a value out of it.
 */
export interface PropertyFile extends Resolving<FileContent> {
  readonly kind: "property-file";
  readonly step: string;
  readonly name: string;
  readonly output: string;
  readonly path: string;
}

/** A string made of values with `on` between them. */
export interface Join extends Resolving<string> {
  readonly kind: "join";
  readonly on: string;
  readonly values: readonly Value<Primitive>[];
}

/** One value of a JSON file. `file` is a property file or the S3 URI of a JSON file. */
export interface JsonGet<out T = Primitive> extends Resolving<T> {
  readonly kind: "json-get";
  readonly file: PropertyFile | Value<string>;
  readonly path: string;
}

/** The current item of a ForEach step, or a part of it. It is valid only in the step's body. */
export interface CurrentItemPath<out T = unknown> extends Resolving<T> {
  readonly kind: "current-item";
  /** The path below the item. It is empty for the item itself. */
  readonly path: string;
}

/** The value of a body step that a ForEach step compares to select an iteration. */
export interface IterationOutput<out T = unknown> extends Resolving<T> {
  readonly kind: "iteration-output";
  readonly step: string;
  readonly path: string;
}

/** A `Get` with an invalid reference, in a definition that was read from JSON. */
export interface UnknownReference extends Resolving<never> {
  readonly kind: "unknown";
  readonly reference: string;
}

/** A value of type `T` that SageMaker knows only during an execution. */
export type Expression<T = unknown> =
  | Parameter<T>
  | Property<T>
  | JsonGet<T>
  | CurrentItemPath<T>
  | IterationOutput<T>
  | UnknownReference
  | (string extends T ? ExecutionVariable | Join : never)
  | (FileContent extends T ? PropertyFile : never);

/** A value of a parameter or of a comparison. */
export type Primitive = string | number | boolean;

/** A plain value or an expression that resolves to one. */
export type Value<T> = T | Expression<T>;

/** Marks the data as an expression and freezes it. */
export function expression<E extends Resolving<unknown>>(data: Omit<E, typeof resolvesTo>): E {
  return Object.freeze({ ...data, [resolvesTo]: undefined }) as unknown as E;
}

/** Tells whether a value is an expression. */
export function isExpression(value: unknown): value is Expression {
  return typeof value === "object" && value !== null && resolvesTo in value;
}
