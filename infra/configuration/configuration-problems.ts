import * as pulumi from "@pulumi/pulumi";
import { visibleText } from "./visible-text.ts";

/** Mistakes of a stack's configuration, a line each: the key, what was got, what to do. Pulumi shows them without a trace. */
export class ConfigurationProblems extends pulumi.RunError {
  /** @param variables those of the environment that values come from, by key */
  constructor(lines: readonly string[], variables: Readonly<Record<string, string>> = {}) {
    super(lines.map((line) => `stack configuration, ${visibleText(withVariable(line, variables))}`).join("\n"));
  }
}

/** A line that names the variable, if its key's value comes from one: nobody finds it in the stack's file. */
function withVariable(line: string, variables: Readonly<Record<string, string>>): string {
  const [key = ""] = line.split(":");
  return Object.hasOwn(variables, key) ? line.replace(key, `${key} (${variables[key]} of the environment)`) : line;
}
