import * as pulumi from "@pulumi/pulumi";
import { checkStackConfiguration } from "./check-stack-configuration.ts";
import { ConfigurationProblems } from "./configuration-problems.ts";
import { providerProblems } from "./provider-problems.ts";
import { plainValue } from "./pulumi-value.ts";
import { isSecretKey } from "./secret-keys.ts";
import type { StackConfiguration } from "./stack-configuration.ts";
import { templateVariables } from "./template-variables.ts";

/** The packages, besides the project, whose settings the stack's file may have. */
const packages: ReadonlySet<string> = new Set(["aws", "aws-native", "pulumi"]);

/** Returns one line for each key of an unknown package, which is probably a misspelt project name. */
function packageProblems(project: string, keys: readonly string[]): readonly string[] {
  return keys
    .filter((key) => !key.startsWith(`${project}:`) && !packages.has(key.split(":")[0] ?? ""))
    .map((key) => `${key}: this program ignores it; the keys of this project begin with ${project}:`);
}

/** Returns the keys that may not be set, with their lines: secrets, which outputs would show, and the provider's region. */
function keyProblems(own: string, keys: readonly string[]): ReadonlyMap<string, string> {
  const problems = new Map<string, string>();
  for (const key of keys) {
    const name = key.slice(own.length);
    // Names, definitions, outputs and error messages show all configured values.
    if (isSecretKey(key))
      problems.set(
        key,
        `${name}: set as a secret, but the stack's names and outputs would show it; if it is not secret, set it without --secret`,
      );
    else if (name === "region")
      problems.set(
        key,
        "region: this project has no such key; set the provider's region: pulumi config set aws:region",
      );
  }
  return problems;
}

/** The configuration of the stack that Pulumi is deploying. */
export interface ReadConfiguration {
  readonly configuration: StackConfiguration;
  /** One line for each mistake that is known without a call to AWS. */
  readonly problems: readonly string[];
  /** The environment variables that gave values, by configuration key. */
  readonly variables: Readonly<Record<string, string>>;
}

/**
 * Reads the configuration of the stack that Pulumi is deploying. Reads every key of the project, so that misspelt keys are
 * reported. Environment variables fill in keys that the stack's file does not have.
 *
 * @param pipelineNames the names of all pipeline folders
 * @throws ConfigurationProblems if there is no valid region, which all calls to AWS need
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
