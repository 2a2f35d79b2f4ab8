import { matches } from "./pattern.ts";
import type { ServiceModel, Shape } from "./service-model.ts";

/** A value that violates a constraint of the service model, with the constraint in AWS's words. */
export interface Violation {
  /** The path of the value as in AWS's errors, such as `pipelineParameters.1.member.name`. */
  readonly path: string;
  /** The name of the shape that the value must have. */
  readonly shape: string;
  /** The value. It is undefined if it is missing. */
  readonly value: unknown;
  readonly constraint: string;
}

/** A value whose JSON type differs from its shape's type, so that AWS cannot deserialize it. */
export class TypeMismatch extends Error {
  override readonly name = "TypeMismatch";
}

const kinds: { readonly [type: string]: (value: unknown) => boolean } = {
  string: (value) => typeof value === "string",
  integer: Number.isInteger,
  long: Number.isInteger,
  float: (value) => typeof value === "number",
  double: (value) => typeof value === "number",
  boolean: (value) => typeof value === "boolean",
  // The JSON protocol sends timestamps as epoch seconds.
  timestamp: (value) => typeof value === "number",
  blob: (value) => typeof value === "string",
  list: Array.isArray,
  map: isObject,
  structure: isObject,
};

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** Returns the violated constraints on a value's length or, for a number, on the value itself. */
function sizeConstraints({ type, min, max }: Shape, value: unknown): readonly string[] {
  const isNumber = typeof value === "number";
  const size = isNumber ? value : typeof value === "string" || Array.isArray(value) ? value.length : undefined;
  const count = size ?? (isObject(value) ? Object.keys(value).length : 0);
  // Structures, timestamps and blobs have no bounds.
  if (type === "structure" || type === "timestamp" || type === "blob") return [];
  const measure = isNumber ? "value" : "length";
  return [
    ...(min !== undefined && count < min ? [`Member must have ${measure} greater than or equal to ${min}`] : []),
    ...(max !== undefined && count > max ? [`Member must have ${measure} less than or equal to ${max}`] : []),
  ];
}

function textConstraints({ enum: allowed, pattern }: Shape, value: unknown): readonly string[] {
  if (typeof value !== "string") return [];
  if (allowed !== undefined && !allowed.includes(value))
    return [`Member must satisfy enum value set: [${allowed.join(", ")}]`];
  if (pattern === undefined || matches(value, pattern)) return [];
  return [`Member must satisfy regular expression pattern: ${pattern}`];
}

/**
 * Returns the violations of a service model in a value. Members that the model does not have are ignored, as on AWS.
 *
 * @param shapeName the shape that the value must have
 * @param isOpen returns true for a value that is not known yet and is therefore not checked
 * @throws TypeMismatch if a value has the wrong JSON type
 */
export function constraintViolations(
  model: ServiceModel,
  shapeName: string,
  value: unknown,
  isOpen: (value: unknown) => boolean = () => false,
): readonly Violation[] {
  const violations: Violation[] = [];
  const visit = (name: string, of: unknown, path: string): void => {
    const shape = model.shapes[name];
    if (shape === undefined || isOpen(of)) return;
    checkKind(shape, of, path);
    for (const constraint of [...sizeConstraints(shape, of), ...textConstraints(shape, of)])
      violations.push({ path, shape: name, value: of, constraint });
    for (const [at, inner, item] of contained(shape, of, path, violations)) visit(inner, item, at);
  };
  visit(shapeName, value, "");
  return violations;
}

function checkKind(shape: Shape, value: unknown, path: string): void {
  if (kinds[shape.type]?.(value) === false)
    throw new TypeMismatch(`${path === "" ? "the request" : path} is not of type ${shape.type}`);
}

type Contained = readonly [path: string, shape: string, value: unknown];

/** Returns the items or members of a value with their shapes. Adds a violation for each missing required member. */
function contained(shape: Shape, value: unknown, path: string, violations: Violation[]): readonly Contained[] {
  const below = (name: string) => (path === "" ? name : `${path}.${name}`);
  if (Array.isArray(value) && shape.member !== undefined) {
    const of = shape.member;
    return value.flatMap((item, index): Contained[] =>
      isGiven(item) ? [[below(`${index + 1}.member`), of, item]] : [],
    );
  }
  if (!isObject(value)) return [];
  if (shape.value !== undefined) {
    const { key, value: of } = shape;
    return Object.entries(value).flatMap(([name, item]): Contained[] => [
      ...(key === undefined ? [] : [[path, key, name] as const]),
      ...(isGiven(item) ? [[below(`${name}.member`), of, item] as const] : []),
    ]);
  }
  for (const name of shape.required ?? [])
    if (!isGiven(ownMember(value, name)))
      violations.push({
        path: below(lowerFirst(name)),
        shape: shape.members?.[name] ?? name,
        value: undefined,
        constraint: "Member must not be null",
      });
  return Object.entries(shape.members ?? {}).flatMap(([name, of]): Contained[] => {
    const item = ownMember(value, name);
    return isGiven(item) ? [[below(lowerFirst(name)), of, item]] : [];
  });
}

function ownMember(value: { readonly [key: string]: unknown }, name: string): unknown {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}
