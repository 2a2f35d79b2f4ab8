import * as pulumi from "@pulumi/pulumi";
import { visibleText } from "./visible-text.ts";

/** The mistakes of a stack's configuration, a line each: the key, the value, the fix. Pulumi prints them without a stack trace. */
export class ConfigurationProblems extends pulumi.RunError {
  /** @param variables the environment variables that gave values, by key */
  constructor(lines: readonly string[], variables: Readonly<Record<string, string>> = {}) {
    super(lines.map((line) => `stack configuration, ${visibleText(withVariable(line, variables))}`).join("\n"));
  }
}

/** Adds the environment variable to a line if it gave the value, because the key is not in the stack's file then. */
function withVariable(line: string, variables: Readonly<Record<string, string>>): string {
  const [key = ""] = line.split(":");
  return Object.hasOwn(variables, key) ? line.replace(key, `${key} (environment variable ${variables[key]})`) : line;
}
