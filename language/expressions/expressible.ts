import type { Expression } from "./expression.ts";

type OptionalKey<T, Key extends keyof T> = Record<never, never> extends Pick<T, Key> ? Key : never;
type RequiredKey<T, Key extends keyof T> = Record<never, never> extends Pick<T, Key> ? never : Key;

/**
 * A request shape in which any part, including a list or a structure, may be an expression of the right type. An
 * enumeration accepts any string expression, because SageMaker checks its value during the execution. Required members
 * cannot be undefined, although the SDK's own types allow it.
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

/** A structure or a map whose values may be expressions, but not the whole. See {@link Expressible}. */
export type ExpressibleObject<T extends object> = string extends keyof T
  ? { readonly [key: string]: Expressible<Exclude<T[keyof T], undefined>> }
  : { readonly [Key in keyof T as RequiredKey<T, Key>]: Expressible<Exclude<T[Key], undefined>> } & {
      readonly [Key in keyof T as OptionalKey<T, Key>]?: Expressible<T[Key]>;
    };
