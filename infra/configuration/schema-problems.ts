import type { z } from "zod";
import { githubConfiguration } from "./github-configuration.ts";
import { pipelineConfiguration } from "./pipeline-configuration.ts";
import { visibleText } from "./visible-text.ts";

/** The keys of the structures in a configuration, which Pulumi.yaml cannot declare. */
const structures: Readonly<Record<string, object>> = {
  github: githubConfiguration.shape,
  pipelines: pipelineConfiguration.shape,
};

/** Where a person finds the keys that there are, where one is not known. */
function knownKeys([structure]: readonly PropertyKey[]): string {
  const keys = structures[String(structure)];
  return keys === undefined ? "Pulumi.yaml has them all" : `there are ${Object.keys(keys).join(", ")}`;
}

/** What is to be given in place of what another type was given for, in words. */
const types: Readonly<Record<string, string>> = {
  array: "give a list",
  boolean: "give true or false",
  number: "give a number",
  object: "give keys with their values",
  record: "give keys with their values",
  string: "give a text",
};

/** An issue's message: the schema's own, or one for a type in place of the library's. */
function wording(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_key") return issue.issues[0]?.message ?? issue.message;
  const [, expected = ""] = /^Invalid input: expected (\w+)/.exec(issue.message) ?? [];
  return types[expected] ?? issue.message;
}

/** Longer values are cut in a message. */
const mostCharacters = 200;

/** Returns a value for a line on a terminal: short, and without control characters. */
function shown(value: unknown): string {
  const text = visibleText(typeof value === "number" ? String(value) : JSON.stringify(value));
  return text.length <= mostCharacters ? text : `${text.slice(0, mostCharacters)}...`;
}

/** Returns a line for each issue of the schema. */
export function schemaProblems(
  values: Readonly<Record<string, unknown>>,
  issues: readonly z.core.$ZodIssue[],
): readonly string[] {
  return issues.flatMap((issue) => {
    const key = issue.path.join(".");
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map(
        (name) => `${[...issue.path, name].join(".")}: there is no such key; ${knownKeys(issue.path)}`,
      );
    }
    const wrong = issue.path.reduce<unknown>((value, part) => (value as Record<PropertyKey, unknown>)?.[part], values);
    const message = wording(issue);
    const what = wrong === undefined ? "missing" : `got ${shown(wrong)}`;
    return [`${key}: ${what}; ${message}`];
  });
}
