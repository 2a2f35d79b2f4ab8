import * as pulumi from "@pulumi/pulumi";
import { ConfigurationProblems } from "./configuration-problems.ts";
import { parseStackConfiguration } from "./parse-configuration.ts";
import { isSecretKey } from "./secret-keys.ts";
import type { StackConfiguration } from "./stack-configuration.ts";
import { templateVariables } from "./template-variables.ts";

/** A value of the configuration, which Pulumi keeps as a text, as what it was in the file. */
function plain(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    // A number is a text that looks like one: an account number, or the ceiling of a pipeline, which is below an object.
    return typeof value === "number" || typeof value === "string" ? text : value;
  } catch {
    return text;
  }
}

/**
 * Reads the configuration of the running stack: every key of the project, so that a misspelt one is found, and what the
 * environment says where the stack does not.
 *
 * @param pipelineNames the pipelines that there are
 * @throws ConfigurationProblems with one line for each mistake
 */
export function readStackConfiguration(
  pipelineNames: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): StackConfiguration {
  const own = `${pulumi.getProject()}:`;
  const keys = Object.entries(pulumi.runtime.allConfig()).filter(([key]) => key.startsWith(own));
  // All that is configured ends in names, definitions or outputs, which show it; and a message would, too.
  const secret = keys.filter(([key]) => isSecretKey(key));
  if (secret.length > 0)
    throw new ConfigurationProblems(
      secret.map(
        ([key]) =>
          `${key.slice(own.length)}: it is set as a secret, and the stack would show it; set it without --secret if it is none`,
      ),
    );
  const values = keys.flatMap(([key, text]) => (text === "" ? [] : [[key.slice(own.length), plain(text)] as const]));
  const region = new pulumi.Config("aws").get("region");
  return parseStackConfiguration(
    { ...templateVariables(environment), ...(region === undefined ? {} : { region }), ...Object.fromEntries(values) },
    pipelineNames,
  );
}
