import { matches } from "../../service-model/pattern.ts";
import { itemPath } from "../../service-model/property-path.ts";
import { generatedModel, type Shape } from "../../service-model/service-model.ts";
import { shapeNamed } from "../../service-model/step-shapes.ts";
import { isExpression } from "../expressions/expression.ts";
import { objectKey } from "../pipeline/uses.ts";
import { closest } from "./closest.ts";
import {
  type ExpressionTypes,
  isAssignable,
  spelled,
  typeOfShape,
  typeOfValues,
  type ValueType,
} from "./expression-type.ts";
import { type Problem, shown } from "./problem.ts";

/** The rules for comparing a value with a shape. */
export interface ShapeRules {
  readonly types: ExpressionTypes;
  /** Required members that a request may leave out, because SageMaker Pipelines fills them in. */
  readonly filledIn: ReadonlySet<string>;
  /** Names of members and values that the author allows although the model does not have them. */
  readonly allowed: ReadonlySet<string>;
}

/** The words for the expected JSON type in an error. */
const inWords: Readonly<Record<ValueType, string>> = {
  String: "a string",
  Integer: "a whole number",
  Float: "a number",
  Boolean: "true or false",
  Timestamp: "a time",
  Blob: "a string",
  List: "a list",
  Map: "an object",
  Structure: "an object",
};

/**
 * Compares a value with its shape in AWS's model of the service. Returns the unknown and the missing members, the values of a
 * wrong type, and the values that violate a length, a range, a pattern or an enumeration.
 *
 * @param path the place of the value, such as `Steps.Train.Arguments`
 */
export function shapeProblems(value: unknown, shape: string, path: string, rules: ShapeRules): readonly Problem[] {
  const check = new ShapeCheck(rules);
  check.value(value, shape, path);
  return check.problems;
}

class ShapeCheck {
  readonly problems: Problem[] = [];
  private readonly rules: ShapeRules;

  constructor(rules: ShapeRules) {
    this.rules = rules;
  }

  private report(path: string, message: string): void {
    this.problems.push({ path, message });
  }

  value(value: unknown, name: string, path: string): void {
    if (value === undefined || value === null) return;
    const shape = shapeNamed(name);
    const type = shape && typeOfValues(shape);
    if (shape === undefined || type === undefined) return;
    if (isExpression(value)) {
      const given = this.rules.types.typeOf(value);
      if (given !== undefined && !isAssignable(given, type))
        this.report(
          path,
          `cannot assign property reference [${spelled(value)}] of type ${given} to argument of type [${type}]`,
        );
      return;
    }
    if (!hasType(value, type)) {
      this.report(path, `is ${shown(value)}; SageMaker expects ${inWords[type]} here`);
      return;
    }
    if (typeof value === "string") this.text(value, shape, path);
    else if (typeof value === "number" || typeof value === "bigint") this.size(Number(value), "", shape, path);
    else if (Array.isArray(value)) this.list(value, shape, path);
    else if (type === "Map") this.map(value as object, shape, path);
    else if (type === "Structure") this.structure(value as Readonly<Record<string, unknown>>, shape, path);
  }

  private text(value: string, shape: Shape, path: string): void {
    const { enum: values, pattern } = shape;
    if (values !== undefined && !values.includes(value) && !this.rules.allowed.has(value)) {
      const meant = closest(value, values);
      const choice = meant === undefined ? `SageMaker accepts ${listed(values)}` : `did you mean ${shown(meant)}?`;
      this.report(path, `is ${shown(value)}; ${choice} (${agedModel(value)})`);
    }
    const hasSize = this.size(value.length, "characters", shape, path);
    // A text of the wrong length usually does not match the pattern either; one line is enough for both.
    if (hasSize && pattern !== undefined && !matches(value, pattern))
      this.report(path, `is ${shown(value)}, which does not match SageMaker's pattern ${pattern}`);
  }

  /** Reports a size outside the bounds. Returns whether it is within them. */
  private size(size: number, unit: string, { min = size, max = size }: Shape, path: string): boolean {
    const has = unit === "" ? `is ${size}` : `has ${size} ${unit}`;
    if (size < min) this.report(path, `${has}; SageMaker accepts at least ${min}`);
    if (size > max) this.report(path, `${has}; SageMaker accepts at most ${max}`);
    return size >= min && size <= max;
  }

  private list(items: readonly unknown[], shape: Shape, path: string): void {
    this.size(items.length, "entries", shape, path);
    items.forEach((item, index) => {
      this.entry(item, shape.member ?? "", `${path}${itemPath(item, index)}`);
    });
  }

  private map(value: object, shape: Shape, path: string): void {
    const entries = Object.entries(value);
    this.size(entries.length, "entries", shape, path);
    for (const [key, item] of entries) {
      if (key !== objectKey) this.value(key, shape.key ?? "", `${path}.${key}`);
      this.entry(item, shape.value ?? "", `${path}.${key}`);
    }
  }

  /** Checks an entry of a list or a map. Unlike a member of a structure, it cannot be null. */
  private entry(value: unknown, name: string, path: string): void {
    const type = value === null ? typeOfShape(name) : undefined;
    if (type === undefined) this.value(value, name, path);
    else this.report(path, `is null; SageMaker expects ${inWords[type]} here`);
  }

  private structure(value: Readonly<Record<string, unknown>>, shape: Shape, path: string): void {
    const { members = {}, required = [], union } = shape;
    for (const [name, item] of Object.entries(value)) {
      const of = Object.hasOwn(members, name) ? members[name] : undefined;
      if (of !== undefined) this.value(item, of, `${path}.${name}`);
      else if (item !== undefined && name !== objectKey && !this.rules.allowed.has(name))
        this.unknown(name, Object.keys(members), path);
    }
    for (const name of required)
      if ((value[name] ?? undefined) === undefined && !this.rules.filledIn.has(name))
        this.report(`${path}.${name}`, "is missing; SageMaker requires it");
    if (union && Object.keys(value).length !== 1)
      this.report(
        path,
        `has ${Object.keys(value).length} members; SageMaker accepts exactly one of ${listed(Object.keys(members))}`,
      );
  }

  private unknown(name: string, names: readonly string[], path: string): void {
    const meant = closest(name, names);
    const choice = meant === undefined ? `there are ${listed(names)}` : `did you mean ${meant}?`;
    this.report(`${path}.${name}`, `Unknown Argument member '${name}'; ${choice} (${agedModel(name)})`);
  }
}

/** Returns the fix if AWS has a name that the committed model does not have yet. */
function agedModel(name: string): string {
  const { date } = generatedModel();
  return `AWS's model of ${date}: npm run generate-service-model renews it, allow: ["${name}"] or --allow ${name} accepts it`;
}

function listed(values: readonly string[]): string {
  return values.length <= 13 ? values.join(", ") : `${values.slice(0, 12).join(", ")} and ${values.length - 12} others`;
}

function hasType(value: unknown, type: ValueType): boolean {
  switch (type) {
    case "String":
    case "Blob":
      return typeof value === "string";
    case "Timestamp":
      return typeof value === "string" || typeof value === "number";
    case "Integer":
      return typeof value === "bigint" || Number.isInteger(value);
    case "Float":
      return typeof value === "number" || typeof value === "bigint";
    case "Boolean":
      return typeof value === "boolean";
    case "List":
      return Array.isArray(value);
    case "Map":
    case "Structure":
      return typeof value === "object" && !Array.isArray(value);
  }
}
