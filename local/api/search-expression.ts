import type { Filter, NestedFilters, SearchExpression } from "@aws-sdk/client-sagemaker";
import type { Json } from "../../service-model/definition.ts";
import { isList, isRecord } from "../../service-model/property-path.ts";
import { validationError } from "../wire/aws-error.ts";

type Operator = NonNullable<Filter["Operator"]>;

/** The most filters, nested filters and subexpressions of an expression with all its subexpressions. */
const mostConditions = 50;

/**
 * Returns the values of a resource's property: several if the path leads through a list. A map's key may contain dots.
 *
 * @param path `TrainingJobStatus`, `HyperParameters.eta`, `InputDataConfig.DataSource.S3DataSource.S3Uri`
 */
export function valuesAt(value: Json | undefined, path: string): readonly Json[] {
  if (value === undefined) return [];
  if (isList(value)) return value.flatMap((item) => valuesAt(item, path));
  if (path === "") return [value];
  if (!isRecord(value)) return [];
  if (Object.hasOwn(value, path)) return valuesAt(value[path], "");
  const [name = "", ...rest] = path.split(".");
  return Object.hasOwn(value, name) && rest.length > 0 ? valuesAt(value[name], rest.join(".")) : [];
}

/**
 * Tells whether a resource satisfies an expression. Source: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_SearchExpression.html
 *
 * @throws AwsError `ValidationException` for an operator that does not suit its property
 */
export function satisfies(resource: Json, expression: SearchExpression): boolean {
  const { Filters = [], NestedFilters: nested = [], SubExpressions = [], Operator } = expression;
  const results = [
    ...Filters.map((filter) => matches(valuesAt(resource, filter.Name ?? ""), filter)),
    ...nested.map((each) => satisfiesNested(resource, each)),
    ...SubExpressions.map((each) => satisfies(resource, each)),
  ];
  return Operator === "Or" ? results.includes(true) : !results.includes(false);
}

/** Tells whether a single item of the list property satisfies all filters. */
function satisfiesNested(resource: Json, { NestedPropertyName: list = "", Filters = [] }: NestedFilters): boolean {
  const items = valuesAt(resource, list).filter(isRecord);
  const within = (name: string) => (name.startsWith(`${list}.`) ? name.slice(list.length + 1) : name);
  return items.some((item) => Filters.every((filter) => matches(valuesAt(item, within(filter.Name ?? "")), filter)));
}

/**
 * Checks an expression before it is applied to a resource.
 *
 * @throws AwsError `ValidationException`
 */
export function checkExpression(expression: SearchExpression): void {
  const conditions = conditionsOf(expression);
  if (conditions.includes("empty"))
    throw validationError("A SearchExpression needs at least one filter, nested filter or subexpression");
  if (conditions.length > mostConditions)
    throw validationError(`A SearchExpression has ${conditions.length} conditions, at most ${mostConditions}`);
  if (conditions.filter((operator) => operator === "Contains").length > 1)
    throw validationError("'CONTAINS' operator usage limit of 1 exceeded.");
}

/** Returns the operators of all filters, and "empty" for each expression without conditions. */
function conditionsOf({ Filters = [], NestedFilters: nested = [], SubExpressions = [] }: SearchExpression): string[] {
  if (Filters.length + nested.length + SubExpressions.length === 0) return ["empty"];
  const filters = [...Filters, ...nested.flatMap((each) => each.Filters ?? [])];
  return [...filters.map(({ Operator }) => Operator ?? "Equals"), ...SubExpressions.flatMap(conditionsOf)];
}

function matches(values: readonly Json[], { Name, Operator = "Equals", Value }: Filter): boolean {
  if (Operator === "Exists") return values.length > 0;
  if (Operator === "NotExists") return values.length === 0;
  if (Value === undefined)
    throw validationError(`The filter on ${Name} has the operator ${Operator} and no Value: give one`);
  if (Operator === "NotEquals") return !values.some((value) => compares(value, "Equals", Value, Name));
  return values.some((value) => compares(value, Operator, Value, Name));
}

/** Compares one value of a property, as a number or a time if it is one, and otherwise as text. */
function compares(value: Json, operator: Operator, given: string, name: string | undefined): boolean {
  if (operator === "Contains") return String(value).includes(given);
  if (operator === "In") return given.split(",").some((each) => each.trim() === String(value));
  const [own, other] = [numberOf(value, given), numberGiven(value, given)];
  if (operator === "Equals") return own === undefined || other === undefined ? String(value) === given : own === other;
  if (own === undefined || other === undefined)
    throw validationError(
      `The operator ${operator} is not supported for the text property ${name}: compare a number or a time`,
    );
  const holds: { readonly [operator: string]: boolean } = {
    GreaterThan: own > other,
    GreaterThanOrEqualTo: own >= other,
    LessThan: own < other,
    LessThanOrEqualTo: own <= other,
  };
  return holds[operator] ?? false;
}

/**
 * Returns a property's value as a number. A hyperparameter is text; compared with an integer, it counts as an integer.
 * Source: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_Filter.html
 */
function numberOf(value: Json, given: string): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string" || value.trim() === "" || !Number.isFinite(Number(value))) return undefined;
  return /^[+-]?\d+$/.test(given) ? Math.trunc(Number(value)) : Number(value);
}

/** Returns the number of a filter, or the epoch seconds of its ISO 8601 time, which is in UTC unless it names a zone. */
function numberGiven(value: Json, given: string): number | undefined {
  if (Number.isFinite(Number(given))) return Number(given);
  if (typeof value !== "number") return undefined;
  const zoned = /(?:Z|[+-]\d\d:?\d\d)$/.test(given) || !given.includes("T") ? given : `${given}Z`;
  const time = Date.parse(zoned);
  return Number.isNaN(time) ? undefined : time / 1000;
}
