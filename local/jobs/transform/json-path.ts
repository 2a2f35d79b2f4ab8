import type { Json } from "../../../service-model/definition.ts";
import { isList, isRecord } from "../../../service-model/property-path.ts";

/** An element, a range of elements, or a member. Negative indexes count from the end. */
type Selector =
  | { readonly kind: "index"; readonly index: number }
  | { readonly kind: "slice"; readonly start: number; readonly end: number }
  | { readonly kind: "name"; readonly name: string };

/** One bracket or name of a path. Several selectors make a list of elements, or an object of members. */
type Step = readonly Selector[];

/** The steps of a path; none for `$`. */
export type JsonPath = readonly Step[];

const step = /\.([A-Za-z0-9_-]+)|\[([^\]]+)\]/y;

/**
 * Parses a filter of a batch transform: `$`, `$.name`, `$['a','b']`, `$[0,5:]`, `$[-1]`, `$.features[1:]`. A library for
 * JSONPath would not do: it returns lists of values, but AWS keeps the member names and fails for a missing element.
 *
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/batch-transform-data-processing.html#data-processing-operators
 *
 * @throws Error for an invalid filter
 */
export function parseJsonPath(text: string): JsonPath {
  const problem = new Error(
    `ClientError: the filter '${text}' is not a JSONPath that batch transform supports, such as $, $.features or $[0,2:]`,
  );
  if (!text.startsWith("$")) throw problem;
  const steps: Step[] = [];
  step.lastIndex = 1;
  while (step.lastIndex < text.length) {
    const [, name, bracket = ""] = step.exec(text) ?? [];
    if (name !== undefined) steps.push([{ kind: "name", name }]);
    else {
      const selectors = bracket.split(",").map((part) => selector(part.trim()));
      if (bracket === "" || selectors.includes(undefined)) throw problem;
      steps.push(selectors.filter((each) => each !== undefined));
    }
  }
  return steps;
}

function selector(text: string): Selector | undefined {
  const [, name, quoted = name] = /^(?:'([^']*)'|"([^"]*)")$/.exec(text) ?? [];
  if (quoted !== undefined) return { kind: "name", name: quoted };
  if (/^-?\d+$/.test(text)) return { kind: "index", index: Number(text) };
  const [slice, start, end] = /^(-?\d+)?:(-?\d+)?$/.exec(text) ?? [];
  if (slice === undefined) return undefined;
  return { kind: "slice", start: Number(start ?? 0), end: Number(end ?? Number.POSITIVE_INFINITY) };
}

/** Returns the part that a path selects. @throws Error for a missing element or member */
export function select(value: Json, path: JsonPath): Json {
  return path.reduce(selectStep, value);
}

function selectStep(value: Json, selectors: Step): Json {
  const [first] = selectors;
  if (selectors.length === 1 && first !== undefined && first.kind !== "slice") return one(value, first);
  if (isRecord(value)) {
    const members = selectors.filter((each) => each.kind === "name");
    return Object.fromEntries(members.map((member) => [member.name, one(value, member)]));
  }
  if (!isList(value)) throw new Error("ClientError: a filter selects elements of a value that is not a list");
  return selectors.flatMap((each) => (each.kind === "slice" ? value.slice(each.start, each.end) : [one(value, each)]));
}

function one(value: Json, selector: Exclude<Selector, { kind: "slice" }>): Json {
  if (selector.kind === "name") {
    const member = isRecord(value) && Object.hasOwn(value, selector.name) ? value[selector.name] : undefined;
    if (member === undefined) throw new Error(`ClientError: a filter selects '${selector.name}', which a record lacks`);
    return member;
  }
  const element = isList(value) ? value.at(selector.index) : undefined;
  if (element !== undefined) return element;
  const size = isList(value) ? `${value.length} element(s)` : "no elements";
  throw new Error(`ClientError: a filter selects the index ${selector.index} of a record with ${size}`);
}
