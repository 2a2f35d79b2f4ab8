import { isExpression } from "../expressions/expression.ts";
import type { Step } from "../steps/step.ts";

/** The keys of each path. They are cached because the same few paths are looked up in every step. */
const taken = new Map<string, readonly string[]>();

function keysOf(path: string): readonly string[] {
  const known = taken.get(path);
  if (known !== undefined) return known;
  const keys = path.split(".");
  taken.set(path, keys);
  return keys;
}

/** Returns the value at a path of the arguments. It is undefined if missing or if an expression is in the way. */
export function at(tree: unknown, path: string): unknown {
  let value = tree;
  for (const key of keysOf(path)) {
    if (typeof value !== "object" || value === null || isExpression(value)) return undefined;
    value = Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
  }
  return value;
}

/** Returns the values of `key` in a list's items, or undefined if the list or one of the values is an expression. */
function namesOf(list: unknown, key: string): readonly string[] | undefined {
  if (list === undefined) return [];
  if (!Array.isArray(list)) return undefined;
  const names = list.map((item) => at(item, key));
  return names.every((name) => typeof name === "string") ? names : undefined;
}

/** Returns the names of a processing step's outputs, or undefined if they contain an expression. */
export function declaredOutputs(step: Step): readonly string[] | undefined {
  return step.kind === "job" ? namesOf(at(step.arguments, "ProcessingOutputConfig.Outputs"), "OutputName") : [];
}

/** Returns the names of a training step's channels, or undefined if they contain an expression. */
export function declaredChannels(step: Step): readonly string[] | undefined {
  return step.kind === "job" ? namesOf(at(step.arguments, "InputDataConfig"), "ChannelName") : [];
}

/** The names that may follow a path of properties in brackets, and the kind of thing that they name. */
interface Declared {
  readonly path: string;
  readonly what: string;
  readonly names: (step: Step & { readonly kind: "job" }) => readonly string[] | undefined;
}

const declared: { readonly [type: string]: readonly Declared[] } = {
  Processing: [
    { path: "ProcessingOutputConfig.Outputs", what: "output", names: declaredOutputs },
    {
      path: "ProcessingInputs",
      what: "input",
      names: ({ arguments: request }) => namesOf(at(request, "ProcessingInputs"), "InputName"),
    },
  ],
  Training: [{ path: "InputDataConfig", what: "channel", names: declaredChannels }],
  Lambda: [outputParameterNames()],
  Callback: [outputParameterNames()],
  Lineage: (["Action", "Artifact", "Context"] as const).map((entity) => ({
    path: `${entity}Arns`,
    what: entity.toLowerCase(),
    names: ({ arguments: request }) => namesOf(at(request, `${entity}s`), `${entity}Name`),
  })),
};

function outputParameterNames(): Declared {
  return {
    path: "OutputParameters",
    what: "output parameter",
    names: ({ members }) => namesOf(at(members, "OutputParameters"), "OutputName"),
  };
}

/** Returns the end of an error about a path that contains a name or position unknown to the step, or undefined. */
export function undeclaredName(step: Step, path: string): string | undefined {
  if (step.kind !== "job") return undefined;
  for (const { path: list, what, names } of declared[step.type] ?? []) {
    if (!path.startsWith(`${list}[`)) continue;
    const [, quoted, position] = /^\[(?:'([^']*)'|(\d+))\]/.exec(path.slice(list.length)) ?? [];
    const known = names(step);
    if (known === undefined) return undefined;
    const there = `it has ${known.join(", ") || "none"}`;
    if (quoted !== undefined && !known.includes(quoted))
      return `the ${what} ${quoted}, which the step does not have; ${there}`;
    if (position !== undefined && Number(position) >= known.length)
      return `the ${what} at position ${position}, which the step does not have; ${there}`;
    return undefined;
  }
  return undefined;
}
