import type { CurrentItemPath } from "./expression.ts";
import { pathExpression } from "./property.ts";

/**
 * The item that a ForEach step runs its body for. An item that is a JSON object has the shape that its author says it
 * has, such as `CurrentItem<{ name: string; size: number }>`: its members are read by name, to any depth.
 */
export type CurrentItem<Item = string> = CurrentItemPath<Item> &
  (Item extends readonly (infer Element)[]
    ? { at(index: number): CurrentItem<NonNullable<Element>> }
    : Item extends string | number | boolean
      ? unknown
      : string extends keyof Item
        ? { at(key: string): CurrentItem<NonNullable<Item[keyof Item]>> }
        : { readonly [Key in keyof Item]-?: CurrentItem<NonNullable<Item[Key]>> });

/** `ForEach.CurrentItem`. */
export function currentItem<Item>(path = ""): CurrentItem<Item> {
  return pathExpression<CurrentItem<Item>>({ kind: "current-item" }, path);
}
