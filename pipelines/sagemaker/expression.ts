/**
 * Expressions: values that SageMaker resolves while the pipeline runs. Each is frozen data with a `kind`; `render.ts`
 * alone knows how the service spells them. The type parameter is the type of the resolved value, so that an Integer
 * parameter does not fit where the service wants a string.
 */

declare const resolvesTo: unique symbol;

export type ExpressionKind = "parameter" | "execution-variable" | "property" | "property-file" | "join" | "json-get";

/** A value of type `T` that is known when the pipeline runs. */
export interface Expression<out T = unknown> {
  readonly kind: ExpressionKind;
  readonly [resolvesTo]?: T;
}

export type Primitive = string | number | boolean;

/** A plain value or an expression that resolves to one. */
export type Value<T> = T | Expression<T>;

/**
 * A request shape of the service in which any part may be an expression of the right type. Enumerations take a string
 * expression: the service checks the value when the pipeline runs.
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
          ? readonly Expressible<Element>[]
          : T extends object
            ? { readonly [Key in keyof T]: Expressible<T[Key]> }
            : T;

const kinds: ReadonlySet<unknown> = new Set<ExpressionKind>([
  "parameter",
  "execution-variable",
  "property",
  "property-file",
  "join",
  "json-get",
]);

/** Whether a value of an argument tree is an expression. AWS's own keys start with a capital, so none is `kind`. */
export function isExpression(value: unknown): value is Expression {
  return typeof value === "object" && value !== null && kinds.has((value as { kind?: unknown }).kind);
}
