import { type Expression, expression, type Property, type Resolving } from "./expression.ts";

/**
 * The properties of a step, in the shape of the Describe response of its job. Each part is an expression. `at` selects
 * an element of a list by its position or its name, and an entry of a map by its key.
 */
export type Properties<T> = Property<T> &
  (T extends readonly (infer Element)[]
    ? { at(index: number | string): Properties<NonNullable<Element>> }
    : T extends Date | string | number | boolean
      ? unknown
      : string extends keyof T
        ? { at(key: string): Properties<NonNullable<T[keyof T]>> }
        : { readonly [Key in keyof T]-?: Properties<NonNullable<T[Key]>> });

/** The members of a path expression beside its path. */
type Root = { readonly kind: Expression["kind"] } & Readonly<Record<string, string>>;

/** Names that do not extend the path: the expression's own members, and names that JavaScript itself reads. */
const own = new Set(["kind", "step", "path", "then", "toJSON", "constructor", "inspect"]);

/** Returns an expression whose path grows by each member that is read from it. `at` appends an index or a key. */
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

/** Returns the properties of the step `step` below `path`. */
export function properties<T>(step: string, path = ""): Properties<T> {
  return pathExpression<Properties<T>>({ kind: "property", step }, path);
}

/** Returns one property by its path in SageMaker's syntax. */
export function property<T>(step: string, path: string): Property<T> {
  return expression<Property<T>>({ kind: "property", step, path });
}
