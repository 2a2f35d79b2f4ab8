import { checkStackConfiguration } from "../../../infra/configuration/check-stack-configuration.ts";
import { ConfigurationProblems } from "../../../infra/configuration/configuration-problems.ts";
import type { StackConfiguration } from "../../../infra/configuration/stack-configuration.ts";

/** Parses values into a configuration. @throws ConfigurationProblems if there are mistakes */
export function parsed(
  values: Readonly<Record<string, unknown>>,
  pipelineNames: readonly string[] = [],
): StackConfiguration {
  const { configuration, problems } = checkStackConfiguration(values, pipelineNames);
  if (configuration === undefined || problems.length > 0) throw new ConfigurationProblems(problems);
  return configuration;
}
