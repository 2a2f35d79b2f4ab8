import { type Expression, expression, type Property, type Resolving } from "./expression.ts";

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

/** What a path expression is made of beside its path. */
type Root = { readonly kind: Expression["kind"] } & Readonly<Record<string, string>>;

/** Names that are the expression's own data, or that the language itself asks of any object. */
const own = new Set(["kind", "step", "path", "then", "toJSON", "constructor", "inspect"]);

/**
 * An expression that leads one level down for each name that is read from it, built as it is read. `at` indexes.
 */
export function pathExpression<T>(root: Root, path: string): T {
  const node = expression<Resolving<unknown> & { readonly path: string }>({ ...root, path });
  return new Proxy(node, {
    get(_target, key) {
      if (key === "at")
        return (index: number | string) =>
          pathExpression(root, `${path}[${typeof index === "number" ? index : `'${index}'`}]`);
      if (typeof key !== "string" || own.has(key)) return Reflect.get(node, key);
      return pathExpression(root, path === "" ? key : `${path}.${key}`);
    },
  }) as unknown as T;
}

/** The properties of the step `step`, from `path` on. */
export function properties<T>(step: string, path = ""): Properties<T> {
  return pathExpression<Properties<T>>({ kind: "property", step }, path);
}

/** One property by its path as the service spells it. */
export function property<T>(step: string, path: string): Property<T> {
  return expression<Property<T>>({ kind: "property", step, path });
}
