import { type Expression, isExpression } from "./expression.ts";
import type { Join } from "./join.ts";
import type { JsonGet, PropertyFile } from "./json-get.ts";
import type { Parameter } from "./parameter.ts";
import type { Property } from "./property.ts";
import type { Step } from "./steps/step.ts";

/** An expression that names something else of the pipeline, and where it was found (`ProcessingInputs[0].S3Input`). */
export interface Reference {
  readonly to: Parameter | Property | PropertyFile;
  readonly path: string;
}

function inExpression(expression: Expression, path: string): readonly Reference[] {
  switch (expression.kind) {
    case "parameter":
    case "property":
    case "property-file":
      return [{ to: expression as Reference["to"], path }];
    case "join":
      return (expression as Join).values.flatMap((value, index) => references(value, `${path}.Values[${index}]`));
    case "json-get":
      return inExpression((expression as JsonGet).file, path);
    case "execution-variable":
      return [];
  }
}

/** Every reference in a tree of arguments, in the order of the document. */
export function references(value: unknown, path: string): readonly Reference[] {
  if (isExpression(value)) return inExpression(value, path);
  if (Array.isArray(value)) return value.flatMap((item, index) => references(item, `${path}[${index}]`));
  if (typeof value === "object" && value !== null)
    return Object.entries(value).flatMap(([key, item]) => references(item, `${path}.${key}`));
  return [];
}

/** The references of a step itself, not those of the steps in its branches. */
export function stepReferences(step: Step): readonly Reference[] {
  return step.type === "Condition"
    ? step.conditions.flatMap(({ left, right }, index) =>
        references([left, right], `${step.name}.Conditions[${index}]`),
      )
    : references(step.arguments, step.name);
}
