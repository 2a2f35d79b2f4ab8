import * as pulumi from "@pulumi/pulumi";
import { ConfigurationProblems } from "./configuration-problems.ts";
import { checkStackConfiguration } from "./parse-configuration.ts";
import { providerProblems } from "./provider-problems.ts";
import { plainValue } from "./pulumi-value.ts";
import { isSecretKey } from "./secret-keys.ts";
import type { StackConfiguration } from "./stack-configuration.ts";
import { templateVariables } from "./template-variables.ts";

/** Packages whose settings a stack of this project can have. */
const packages: ReadonlySet<string> = new Set(["aws", "aws-native", "pulumi"]);

/** A line for each key of a package that is none: the project's own name, misspelt. */
function packageProblems(project: string, keys: readonly string[]): readonly string[] {
  return keys
    .filter((key) => !key.startsWith(`${project}:`) && !packages.has(key.split(":")[0] ?? ""))
    .map((key) => `${key}: nothing here reads it; the keys of this project begin with ${project}:`);
}

/** Keys that are set, but cannot be: what would be shown, and what is another package's. */
function keyProblems(own: string, keys: readonly string[]): ReadonlyMap<string, string> {
  const problems = new Map<string, string>();
  for (const key of keys) {
    const name = key.slice(own.length);
    // All that is configured ends in names, definitions or outputs, which show it; and a message would, too.
    if (isSecretKey(key))
      problems.set(
        key,
        `${name}: it is set as a secret, and the stack would show it; set it without --secret if it is none`,
      );
    else if (name === "region")
      problems.set(key, "region: got one of this project; set the provider's: pulumi config set aws:region");
  }
  return problems;
}

/** The configuration of the running stack. */
export interface ReadConfiguration {
  readonly configuration: StackConfiguration;
  /** One line for each mistake that can be seen before AWS is asked. */
  readonly problems: readonly string[];
  /** The variables of the environment that values come from, by key. */
  readonly variables: Readonly<Record<string, string>>;
}

/**
 * Reads the configuration of the running stack: every key of the project, so that a misspelt one is found, and what the
 * environment says where the stack does not.
 *
 * @param pipelineNames the pipelines that there are
 * @throws ConfigurationProblems with those lines, where there is no region to ask AWS in
 */
export function readStackConfiguration(
  pipelineNames: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): ReadConfiguration {
  const prefix = `${pulumi.getProject()}:`;
  const keys = Object.entries(pulumi.runtime.allConfig()).filter(([key]) => key.startsWith(prefix));
  const refused = keyProblems(
    prefix,
    keys.map(([key]) => key),
  );
  const values = keys
    .filter(([key, text]) => text !== "" && !refused.has(key))
    .map(([key, text]) => [key.slice(prefix.length), plainValue(text)] as const);
  const region = new pulumi.Config("aws").get("region");
  const own: Readonly<Record<string, unknown>> = {
    ...Object.fromEntries(values),
    ...(region === undefined || region === "" ? {} : { region }),
  };
  const variables = templateVariables(environment).filter(({ key }) => !Object.hasOwn(own, key));
  const fromVariables = Object.fromEntries(variables.map(({ key, value }) => [key, value]));
  const checked = checkStackConfiguration({ ...fromVariables, ...own }, pipelineNames);
  const problems = [
    ...refused.values(),
    ...packageProblems(pulumi.getProject(), Object.keys(pulumi.runtime.allConfig())),
    ...providerProblems(pulumi.runtime.allConfig()),
    ...checked.problems,
  ];
  const names = Object.fromEntries(variables.map(({ key, variable }) => [key, variable]));
  if (checked.configuration === undefined) throw new ConfigurationProblems(problems, names);
  return { configuration: checked.configuration, problems, variables: names };
}
