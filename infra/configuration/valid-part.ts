import type { z } from "zod";
import { type StackConfiguration, stackConfiguration } from "./stack-configuration.ts";

type Values = Readonly<Record<string, unknown>>;
type Path = readonly string[];

/** Examples that replace invalid required values. They are never deployed, because the mistake stops the program. */
const examples: ReadonlyMap<string, string> = new Map([
  ["region", "us-east-1"],
  ["github.repository", "ORGANISATION/NAME"],
  ["github.repositoryId", "1"],
  ["github.ownerId", "1"],
  ["pipelines.*.inputDataUrl", "s3://example/data"],
]);

function exampleAt(path: Path): string | undefined {
  return examples.get(path.map((key, index) => (path[0] === "pipelines" && index === 1 ? "*" : key)).join("."));
}

/** Replaces the value at a path, or removes it if there is no other. */
function replaced(values: Values, [key = "", ...rest]: Path, by: unknown): Values {
  const { [key]: old, ...others } = values;
  const value = rest.length === 0 ? by : replaced(old as Values, rest, by);
  return value === undefined ? others : { ...others, [key]: value };
}

/** Returns the paths of an issue. An invalid item makes its whole list invalid, because nobody chose the shorter list. */
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

export interface ValidPart {
  readonly configuration: StackConfiguration;
  /** The mistakes in the removed values. */
  readonly issues: readonly z.core.$ZodIssue[];
  /** The paths of the invalid keys. */
  readonly wrong: readonly Path[];
}

/**
 * Removes invalid values until the rest is valid, so that the other checks can report the mistakes in the rest.
 *
 * @param earlier the mistakes in values that were removed already
 */
export function validPart(
  values: Values,
  earlier: Pick<ValidPart, "issues" | "wrong"> = { issues: [], wrong: [] },
): ValidPart {
  const { data, error } = stackConfiguration.safeParse(values);
  if (data !== undefined) return { configuration: data, ...earlier };
  const paths = error.issues.flatMap((issue) => wrongPaths(values, issue));
  return validPart(
    paths.reduce((rest, path) => replaced(rest, path, exampleAt(path)), values),
    { issues: [...earlier.issues, ...error.issues], wrong: [...earlier.wrong, ...paths] },
  );
}
