import type { z } from "zod";
import { type StackConfiguration, stackConfiguration } from "./stack-configuration.ts";

type Values = Readonly<Record<string, unknown>>;
type Path = readonly string[];

/**
 * What stands for a wrong value that the rest cannot be looked at without, or whose absence would be a second mistake. No
 * stack is made with it, as there is a mistake.
 */
const standIns: ReadonlyMap<string, string> = new Map([
  ["region", "us-east-1"],
  ["github.repository", "ORGANISATION/NAME"],
  ["github.repositoryId", "1"],
  ["github.ownerId", "1"],
  ["pipelines.*.inputDataUrl", "s3://example/data"],
]);

function standIn(path: Path): string | undefined {
  return standIns.get(path.map((key, index) => (path[0] === "pipelines" && index === 1 ? "*" : key)).join("."));
}

/** Values with another one at a path, or without it. */
function changed(values: Values, [key = "", ...rest]: Path, by: unknown): Values {
  const { [key]: old, ...others } = values;
  const value = rest.length === 0 ? by : changed(old as Values, rest, by);
  return value === undefined ? others : { ...others, [key]: value };
}

/** The paths that an issue is about. A list is wrong as a whole: what it means without an item is nobody's choice. */
function wrongPaths(values: Values, issue: z.core.$ZodIssue): readonly Path[] {
  const path: string[] = [];
  let value: unknown = values;
  for (const key of issue.path) {
    if (Array.isArray(value)) break;
    path.push(String(key));
    value = (value as Values | undefined)?.[String(key)];
  }
  return issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...path, key]) : [path];
}

/** The right part of a configuration. */
export interface RightPart {
  readonly configuration: StackConfiguration;
  /** What is wrong about the rest. */
  readonly issues: readonly z.core.$ZodIssue[];
  /** The keys of what is wrong, with those above them. */
  readonly wrong: readonly Path[];
}

/**
 * Takes from values what is wrong about them, each value alone, until the rest is right: so that one mistake hides no other.
 */
export function rightPart(
  values: Values,
  found: Pick<RightPart, "issues" | "wrong"> = { issues: [], wrong: [] },
): RightPart {
  const { data, error } = stackConfiguration.safeParse(values);
  if (data !== undefined) return { configuration: data, ...found };
  const paths = error.issues.flatMap((issue) => wrongPaths(values, issue));
  return rightPart(
    paths.reduce((rest, path) => changed(rest, path, standIn(path)), values),
    { issues: [...found.issues, ...error.issues], wrong: [...found.wrong, ...paths] },
  );
}
