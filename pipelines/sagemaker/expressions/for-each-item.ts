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
 * The item that a ForEach step runs its body for. Members of an item that is a JSON object are read by name, to any
 * depth (`item.a.b`), or by key with `at`; of what type they are is the author's knowledge, so they fit anywhere.
 */
export type CurrentItem = Expression<never> & {
  readonly [member: string]: CurrentItem;
} & { at(key: string | number): CurrentItem };

/** `ForEach.CurrentItem`, from `path` on. */
export function currentItem(path = ""): CurrentItem {
  return pathExpression<CurrentItem>({ kind: "current-item" }, path);
}
