import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { LocalError } from "../error.ts";

/** What Pulumi's engine would give the program: project, stack, and configuration as strings by full key. */
export interface StackFile {
  readonly project: string;
  readonly program: string;
  readonly configuration: Readonly<Record<string, string>>;
}

function readYaml(path: string): Record<string, unknown> {
  if (!existsSync(path)) throw new LocalError("deploy", `${path} is missing: restore it (git checkout ${path})`);
  try {
    return (parse(readFileSync(path, "utf8")) ?? {}) as Record<string, unknown>;
  } catch (error) {
    throw new LocalError("deploy", `${path} is not YAML: ${(error as Error).message.split("\n")[0]}`, { cause: error });
  }
}

/** Objects and lists reach a program as JSON text. */
function configurationText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/**
 * Reads `Pulumi.yaml` and `Pulumi.<stack>.yaml` of a folder.
 * Source: https://www.pulumi.com/docs/iac/concepts/config/
 *
 * @throws LocalError ("deploy") if one is missing or no YAML
 */
export function readStackFile(folder: string, stack: string): StackFile {
  const project = readYaml(join(folder, "Pulumi.yaml"));
  const own = readYaml(join(folder, `Pulumi.${stack}.yaml`));
  const configuration = Object.entries((own["config"] ?? {}) as Record<string, unknown>);
  return {
    project: String(project["name"]),
    program: join(folder, String(project["main"] ?? "index.ts")),
    configuration: Object.fromEntries(configuration.map(([key, value]) => [key, configurationText(value)])),
  };
}
