import { checkStackConfiguration } from "../../../infra/configuration/check-stack-configuration.ts";
import { plainValue } from "../../../infra/configuration/pulumi-value.ts";
import { configSet, type PulumiConfig } from "./pulumi-config.ts";

/** A `pulumi config set` command. */
export interface Setting {
  readonly key: string;
  readonly value: string;
  readonly isPath: boolean;
}

/** Returns the configuration that commands make together. */
export function configured(all: readonly Setting[]): PulumiConfig {
  return all.reduce<PulumiConfig>((config, { key, value, isPath }) => configSet(config, key, value, isPath), {});
}

/** Reads a configuration as the program does. */
export function checkedConfig(config: PulumiConfig, pipelineNames: readonly string[] = ["crickets"]) {
  const values = Object.entries(config).map(([key, text]) => [key.replace(/^aws:region$/, "region"), plainValue(text)]);
  return checkStackConfiguration({ region: "eu-central-1", ...Object.fromEntries(values) }, pipelineNames);
}
