import type { CurrentItemPath } from "./expression.ts";
import { pathExpression } from "./property.ts";

/**
 * The current item of a ForEach step. The author declares the shape of an item that is a JSON object, for example
 * `CurrentItem<{ name: string; size: number }>`. Its members are then properties of the expression, at any depth.
 */
export type CurrentItem<Item = string> = CurrentItemPath<Item> &
  (Item extends readonly (infer Element)[]
    ? { at(index: number): CurrentItem<NonNullable<Element>> }
    : Item extends string | number | boolean
      ? unknown
      : string extends keyof Item
        ? { at(key: string): CurrentItem<NonNullable<Item[keyof Item]>> }
        : { readonly [Key in keyof Item]-?: CurrentItem<NonNullable<Item[Key]>> });

/** Returns the expression `ForEach.CurrentItem`, or the part of the item at `path`. */
export function currentItem<Item>(path = ""): CurrentItem<Item> {
  return pathExpression<CurrentItem<Item>>({ kind: "current-item" }, path);
}
