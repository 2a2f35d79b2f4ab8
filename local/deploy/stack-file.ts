import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { LocalError } from "../wire/local-error.ts";
import { settingsWithoutHandlers } from "./settings-without-handlers.ts";

type Values = Readonly<Record<string, unknown>>;

/** What Pulumi's engine would give the program: project, stack, and configuration as strings by full key. */
export interface StackFile {
  readonly project: string;
  readonly program: string;
  readonly configuration: Readonly<Record<string, string>>;
}

function deployError(message: string, cause?: unknown): LocalError {
  return new LocalError("deploy", message, { cause });
}

/** Keys with their values at a place of a file; what is no such thing would be taken for nothing at all. */
function map(value: unknown, place: string): Values {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Values;
  const got = JSON.stringify(value)?.slice(0, 80) ?? "nothing";
  throw deployError(`${place}: got ${got}; give keys with their values (aws:region: us-east-1)`);
}

/** A file without anything in it has no keys. */
function readYaml(path: string): Values {
  if (!existsSync(path)) throw deployError(`${path} is missing: restore it (git checkout ${path})`);
  let value: unknown;
  try {
    value = parse(readFileSync(path, "utf8")) ?? {};
  } catch (error) {
    throw deployError(`${path} is not YAML: ${(error as Error).message.split("\n")[0]}`, error);
  }
  return map(value, path);
}

/** Objects and lists reach a program as JSON text. */
function configurationText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The values that Pulumi.yaml declares for keys that a stack does not have. */
function defaults(project: string, declared: Values): Values {
  return Object.fromEntries(
    Object.entries(declared).flatMap(([name, value]) =>
      typeof value === "object" && value !== null && "default" in value ? [[`${project}:${name}`, value.default]] : [],
    ),
  );
}

/**
 * Reads `Pulumi.yaml` and `Pulumi.<stack>.yaml` of a folder.
 * Source: https://www.pulumi.com/docs/iac/concepts/config/
 *
 * @throws LocalError ("deploy") if one is missing or no YAML, or asks for what no local deploy makes: a line for each
 */
export function readStackFile(folder: string, stack: string): StackFile {
  const path = join(folder, "Pulumi.yaml");
  const project = readYaml(path);
  const { name, main = "index.ts", config: declared = {} } = project;
  if (typeof name !== "string") throw deployError(`${path}: name is missing: restore it (git checkout ${path})`);
  const ownPath = join(folder, `Pulumi.${stack}.yaml`);
  const { config = {} } = readYaml(ownPath);
  const own = map(config, `${ownPath}, config`);
  const problems = settingsWithoutHandlers(name, { ...defaults(name, map(declared, `${path}, config`)), ...own });
  if (problems.length > 0) throw deployError(problems.map((line) => `${ownPath}, ${line}`).join("\n"));
  return {
    project: name,
    program: join(folder, String(main)),
    configuration: Object.fromEntries(Object.entries(own).map(([key, value]) => [key, configurationText(value)])),
  };
}
