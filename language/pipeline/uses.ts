import { itemPath } from "../../service-model/property-path.ts";
import { operands } from "../expressions/condition.ts";
import { type Expression, isExpression } from "../expressions/expression.ts";
import type { Step } from "../steps/step.ts";

/** The key that JavaScript makes of an object, such as an expression. */
export const objectKey = "[object Object]";

/** An expression in a step, or what JSON cannot represent (a non-finite number, an object as a key), and its path. */
export interface Use {
  readonly value: Expression | number | typeof objectKey;
  readonly path: string;
  /** Whether the expression is the file of a JsonGet. */
  readonly inJsonGet?: true;
}

/** A path as keys and items of lists. It becomes text only for a result, which saves time. */
type Trail = (string | { readonly item: unknown; readonly index: number })[];

function pathOf(trail: Trail): string {
  return trail
    .map((part, depth) =>
      typeof part === "object" ? itemPath(part.item, part.index) : depth === 0 ? part : `.${part}`,
    )
    .join("");
}

function find(value: unknown, trail: Trail, uses: Use[], inJsonGet?: true): void {
  if (typeof value === "number") {
    if (!Number.isFinite(value)) uses.push({ value, path: pathOf(trail) });
  } else if (typeof value !== "object" || value === null) return;
  else if (isExpression(value)) {
    uses.push({ value, path: pathOf(trail), ...(inJsonGet && { inJsonGet }) });
    if (value.kind === "join") within(value.values, [...trail, "Values"], uses);
    else if (value.kind === "json-get") find(value.file, trail, uses, true);
  } else if (Array.isArray(value)) within(value, trail, uses);
  else
    for (const key in value) {
      trail.push(key);
      if (key === objectKey) uses.push({ value: key, path: pathOf(trail) });
      find((value as Record<string, unknown>)[key], trail, uses);
      trail.pop();
    }
}

function within(values: readonly unknown[], trail: Trail, uses: Use[]): void {
  values.forEach((item, index) => {
    trail.push({ item, index });
    find(item, trail, uses);
    trail.pop();
  });
}

/** Returns the expressions and non-finite numbers in a value that is at `path`. */
export function usesIn(value: unknown, path: string): readonly Use[] {
  const uses: Use[] = [];
  find(value, [path], uses);
  return uses;
}

/** Returns the expressions and non-finite numbers of a step, without those of nested steps. */
export function stepUses(step: Step): readonly Use[] {
  const path = `Steps.${step.name}`;
  const own = argumentUses(step, path);
  return step.members === undefined ? own : [...own, ...usesIn(step.members, path)];
}

function argumentUses(step: Step, path: string): readonly Use[] {
  switch (step.kind) {
    case "job":
      return usesIn(step.arguments, `${path}.Arguments`);
    case "condition":
      return step.conditions.flatMap((condition, index) =>
        operands(condition).flatMap(([operand, value]) =>
          usesIn(value, `${path}.Arguments.Conditions[${index}].${operand}`),
        ),
      );
    case "for-each":
      return [
        ...usesIn(step.items, `${path}.Arguments.IterableItems`),
        ...usesIn(step.maxConcurrency, `${path}.Arguments.MaxConcurrency`),
        ...(step.selector === undefined ? [] : usesIn(step.selector.field, `${path}.Arguments.Selector.Field`)),
      ];
  }
}
