import { operands } from "../expressions/condition.ts";
import { type Expression, isExpression } from "../expressions/expression.ts";
import type { Step } from "../steps/step.ts";

/** An expression or a non-finite number (which JSON cannot represent) in a step, and its path. */
export interface Use {
  readonly value: Expression | number;
  readonly path: string;
  /** Whether the expression is the file of a JsonGet. */
  readonly inJsonGet?: true;
}

/** A path as keys and positions. It becomes text only for a result, which saves time. */
type Trail = (string | number)[];

function pathOf(trail: Trail): string {
  return trail
    .map((part, index) => (typeof part === "number" ? `[${part}]` : index === 0 ? part : `.${part}`))
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
      find((value as Record<string, unknown>)[key], trail, uses);
      trail.pop();
    }
}

function within(values: readonly unknown[], trail: Trail, uses: Use[]): void {
  values.forEach((value, index) => {
    trail.push(index);
    find(value, trail, uses);
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
