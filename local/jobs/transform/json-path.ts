import type { Json } from "../../../service-model/definition.ts";
import { isList, isRecord } from "../../../service-model/property-path.ts";

/** One part of a bracket: an index from either end, a range of them, or a key. */
type Selector =
  | { readonly kind: "index"; readonly index: number }
  | { readonly kind: "slice"; readonly start: number | undefined; readonly end: number | undefined }
  | { readonly kind: "name"; readonly name: string };

/** A step of a path; with several selectors it makes a list, or an object with the keys. */
type Step = readonly Selector[];

/** A parsed path; `$` has no steps. */
export type JsonPath = readonly Step[];

const step = /\.([A-Za-z0-9_-]+)|\[([^\]]+)\]/y;

/**
 * Reads a filter of a batch transform: `$`, `$.name`, `$['a','b']`, `$[0,5:]`, `$[-1]`, `$.features[1:]`.
 *
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/batch-transform-data-processing.html#data-processing-operators
 *
 * @throws Error for a text that is none
 */
export function parseJsonPath(text: string): JsonPath {
  const problem = new Error(
    `ClientError: the filter '${text}' is no JSONPath of the kind that batch transform takes, such as $, $.features or $[0,2:]`,
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
  const name = /^(?:'([^']*)'|"([^"]*)")$/.exec(text);
  if (name !== null) return { kind: "name", name: name[1] ?? name[2] ?? "" };
  if (/^-?\d+$/.test(text)) return { kind: "index", index: Number(text) };
  const slice = /^(-?\d+)?:(-?\d+)?$/.exec(text);
  if (slice === null) return undefined;
  const number = (digits: string | undefined) => (digits === undefined ? undefined : Number(digits));
  return { kind: "slice", start: number(slice[1]), end: number(slice[2]) };
}

/**
 * What a path selects.
 *
 * @throws Error for an index or a key that is not there
 */
export function select(value: Json, path: JsonPath): Json {
  return path.reduce(selectStep, value);
}

function selectStep(value: Json, selectors: Step): Json {
  const [first] = selectors;
  if (selectors.length === 1 && first !== undefined && first.kind !== "slice") return one(value, first);
  if (isRecord(value)) {
    const names = selectors.flatMap((each) => (each.kind === "name" ? [each.name] : []));
    return Object.fromEntries(names.map((name) => [name, one(value, { kind: "name", name })]));
  }
  if (!isList(value)) throw new Error("ClientError: a filter selects elements of a value that is no list");
  return selectors.flatMap((each) =>
    each.kind === "slice" ? value.slice(each.start ?? 0, each.end ?? value.length) : [one(value, each)],
  );
}

function one(value: Json, selector: Exclude<Selector, { kind: "slice" }>): Json {
  if (selector.kind === "name") {
    const found = isRecord(value) && Object.hasOwn(value, selector.name) ? value[selector.name] : undefined;
    if (found === undefined) throw new Error(`ClientError: a filter selects '${selector.name}', which a record lacks`);
    return found;
  }
  const found = isList(value) ? value.at(selector.index) : undefined;
  if (found === undefined) {
    const size = isList(value) ? `${value.length} element(s)` : "no elements";
    throw new Error(`ClientError: a filter selects the index ${selector.index} of a record with ${size}`);
  }
  return found;
}
