import type { Expression } from "./expression.ts";
import { pathExpression } from "./property.ts";

/** The item of the running iteration, or a part of it: valid in the body of a ForEach step only. */
export interface CurrentItemPath<out T = unknown> extends Expression<T> {
  readonly kind: "current-item";
  /** The path below the item, empty for the item itself. */
  readonly path: string;
}

/** A value of a body step, by which a ForEach step selects an iteration. */
export interface IterationOutput<out T = unknown> extends Expression<T> {
  readonly kind: "iteration-output";
  readonly step: string;
  readonly path: string;
}

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
