import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { LocalError } from "../wire/local-error.ts";
import { settingsWithoutHandlers } from "./settings-without-handlers.ts";

type Values = Readonly<Record<string, unknown>>;

/** The parts of `Pulumi.yaml` and `Pulumi.<stack>.yaml` that the program needs. */
export interface StackFile {
  readonly project: string;
  /** Path of the program's main file. */
  readonly program: string;
  /** Values as strings by full key, such as `aws:region`, as Pulumi's engine passes them. */
  readonly configuration: Readonly<Record<string, string>>;
}

function deployError(message: string, cause?: unknown): LocalError {
  return new LocalError("deploy", message, { cause });
}

/**
 * Returns a value of a file if it is a map of keys.
 *
 * @param place the file and the key, for the error
 * @throws LocalError ("deploy") for any other value, which would otherwise be ignored
 */
function map(value: unknown, place: string): Values {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Values;
  const got = JSON.stringify(value)?.slice(0, 80) ?? "nothing";
  throw deployError(`${place}: got ${got}; give keys with their values (aws:region: us-east-1)`);
}

/** Reads the keys of a YAML file. An empty file has no keys. */
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

/** Returns a configuration value as Pulumi passes it to a program: objects and lists as JSON text. */
function configurationText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Returns the defaults that `Pulumi.yaml` declares for configuration keys. */
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
 * @throws LocalError ("deploy") if a file is missing or is not YAML, or with a line for each setting that works only on AWS
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
