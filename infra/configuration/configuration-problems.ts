import * as pulumi from "@pulumi/pulumi";

/** Mistakes of a stack's configuration, a line each: the key, what was got, what to do. Pulumi shows them without a trace. */
export class ConfigurationProblems extends pulumi.RunError {
  constructor(lines: readonly string[]) {
    super(lines.map((line) => `stack configuration, ${line}`).join("\n"));
  }
}
