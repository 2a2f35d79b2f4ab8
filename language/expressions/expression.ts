/**
 * Expressions: values that SageMaker resolves while the pipeline runs. Each is frozen data with a `kind`; `render.ts`
 * alone knows how the service spells them. The type parameter is the type of the resolved value, so that an Integer
 * parameter does not fit where the service wants a string.
 */

/** Marks an expression, however often this module is loaded. An argument tree may have keys of any name, so no name could. */
export const resolvesTo: unique symbol = Symbol.for("sagemaker.expression.resolvesTo");

/** What an expression is made by; each has its own data. */
export type ExpressionKind =
  | "parameter"
  | "execution-variable"
  | "property"
  | "property-file"
  | "join"
  | "json-get"
  | "current-item"
  | "iteration-output"
  | "unknown";

/** A value of type `T` that is known when the pipeline runs. */
export interface Expression<out T = unknown> {
  readonly kind: ExpressionKind;
  readonly [resolvesTo]?: T | undefined;
}

/** The values that parameters have and conditions compare. */
export type Primitive = string | number | boolean;

/** A plain value or an expression that resolves to one. */
export type Value<T> = T | Expression<T>;

type OptionalKey<T, Key extends keyof T> = Record<never, never> extends Pick<T, Key> ? Key : never;
type RequiredKey<T, Key extends keyof T> = Record<never, never> extends Pick<T, Key> ? never : Key;

/**
 * A request shape of the service in which any part, a list or a structure too, may be an expression of the right type.
 * Enumerations take a string expression: the service checks the value when the pipeline runs. What the service
 * requires cannot be undefined (the SDK's own types allow it).
 */
export type Expressible<T> = T extends string
  ? T | Expression<string>
  : T extends number
    ? T | Expression<number>
    : T extends boolean
      ? T | Expression<boolean>
      : T extends Date | Uint8Array
        ? T
        : T extends readonly (infer Element)[]
          ? readonly Expressible<Element>[] | Expression<readonly Element[]>
          : T extends object
            ? ExpressibleObject<T> | Expression<T>
            : T;

/** {@link Expressible} one level down: a structure or a map whose values may be expressions. */
export type ExpressibleObject<T extends object> = string extends keyof T
  ? { readonly [key: string]: Expressible<Exclude<T[keyof T], undefined>> }
  : { readonly [Key in keyof T as RequiredKey<T, Key>]: Expressible<Exclude<T[Key], undefined>> } & {
      readonly [Key in keyof T as OptionalKey<T, Key>]?: Expressible<T[Key]>;
    };

/** Marks and freezes the data of an expression. */
export function expression<E extends Expression>(data: Omit<E, typeof resolvesTo>): E {
  return Object.freeze({ ...data, [resolvesTo]: undefined }) as unknown as E;
}

/** Whether a value of an argument tree is an expression, to be resolved when the pipeline runs. */
export function isExpression(value: unknown): value is Expression {
  return typeof value === "object" && value !== null && resolvesTo in value;
}
