import type { Expression } from "./expression.ts";

export interface Property<out T = unknown> extends Expression<T> {
  readonly kind: "property";
  readonly step: string;
  /** The path below the step as the service spells it, such as `ModelArtifacts.S3ModelArtifacts`. */
  readonly path: string;
}

/**
 * The properties of a step: the shape of the Describe response of the job behind it, each part an expression. A list
 * is indexed by position or, where the service names its elements, by name; a map by key.
 */
export type Properties<T> = Property<T> &
  (T extends readonly (infer Element)[]
    ? { at(index: number | string): Properties<NonNullable<Element>> }
    : T extends Date | string | number | boolean
      ? unknown
      : string extends keyof T
        ? { at(key: string): Properties<NonNullable<T[keyof T]>> }
        : { readonly [Key in keyof T]-?: Properties<NonNullable<T[Key]>> });

/**
 * The properties of the step `step`, built as they are read: every name of the service starts with a capital letter
 * and leads one level down, anything else is the expression's own data.
 */
export function properties<T>(step: string, path = ""): Properties<T> {
  const node: Property = Object.freeze({ kind: "property", step, path });
  const below = (key: string | symbol) =>
    typeof key === "string" && /^[A-Z]/.test(key)
      ? properties(step, path === "" ? key : `${path}.${key}`)
      : key === "at"
        ? (index: number | string) => properties(step, `${path}[${typeof index === "number" ? index : `'${index}'`}]`)
        : Reflect.get(node, key);
  return new Proxy(node, { get: (_target, key) => below(key) }) as Properties<T>;
}
