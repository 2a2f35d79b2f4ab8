import type { z } from "zod";
import { githubConfiguration } from "./github-configuration.ts";
import { pipelineConfiguration } from "./pipeline-configuration.ts";
import { visibleText } from "./visible-text.ts";

/** The keys of nested objects, which Pulumi.yaml cannot declare. */
const structures: Readonly<Record<string, object>> = {
  github: githubConfiguration.shape,
  pipelines: pipelineConfiguration.shape,
};

/** Returns the fix for an unknown key: the valid keys, or the file that lists them. */
function knownKeys([structure]: readonly PropertyKey[]): string {
  const keys = structures[String(structure)];
  return keys === undefined ? "Pulumi.yaml lists all keys" : `give one of ${Object.keys(keys).join(", ")}`;
}

/** The fix for a value of the wrong type, by the expected type. */
const types: Readonly<Record<string, string>> = {
  array: "give a list",
  boolean: "give true or false",
  number: "give a number",
  object: "give keys with their values",
  record: "give keys with their values",
  string: "give a text",
};

/** Returns an issue's message. For a wrong type, replaces the library's message with ours. */
function wording(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_key") return issue.issues[0]?.message ?? issue.message;
  const [, expected = ""] = /^Invalid input: expected (\w+)/.exec(issue.message) ?? [];
  return types[expected] ?? issue.message;
}

/** The most characters of a value in a message; longer values are cut. */
const mostCharacters = 200;

/** Formats a value for a line on a terminal: shortened, and without control characters. */
function got(value: unknown): string {
  const text = visibleText(typeof value === "number" ? String(value) : JSON.stringify(value));
  return text.length <= mostCharacters ? text : `${text.slice(0, mostCharacters)}...`;
}

/** Returns one line for each of the schema's issues. */
export function schemaProblems(
  values: Readonly<Record<string, unknown>>,
  issues: readonly z.core.$ZodIssue[],
): readonly string[] {
  return issues.flatMap((issue) => {
    const key = issue.path.join(".");
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((name) => `${[...issue.path, name].join(".")}: unknown key; ${knownKeys(issue.path)}`);
    }
    const given = issue.path.reduce<unknown>((value, part) => (value as Record<PropertyKey, unknown>)?.[part], values);
    const message = wording(issue);
    const what = given === undefined ? "missing" : `got ${got(given)}`;
    return [`${key}: ${what}; ${message}`];
  });
}
