import { combinedProblems } from "./combined-problems.ts";
import { schemaProblems } from "./schema-problems.ts";
import type { StackConfiguration } from "./stack-configuration.ts";
import { validPart } from "./valid-part.ts";

type Values = Readonly<Record<string, unknown>>;

function isStructure(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Removes keys without a value or with an empty text, so that defaults apply; also inside `github` and each pipeline. */
function given(values: Values): Values {
  const { github, pipelines, ...others } = values;
  return present({
    ...others,
    github: isStructure(github) ? present(github) : github,
    pipelines: isStructure(pipelines)
      ? Object.fromEntries(
          Object.entries(pipelines).map(([name, own]) => [name, isStructure(own) ? present(own) : own]),
        )
      : pipelines,
  });
}

function present(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== ""));
}

/** Returns the pipeline names in a configuration, each with its key. */
function namedPipelines({ pipelines, onlyPipelines }: Values): readonly (readonly [string, string])[] {
  const settings = isStructure(pipelines) ? Object.keys(pipelines) : [];
  const chosen = Array.isArray(onlyPipelines)
    ? onlyPipelines.filter((name) => typeof name !== "object").map(String)
    : [];
  return [
    ...settings.map((name) => [`pipelines.${name}`, name] as const),
    ...chosen.map((name) => [`onlyPipelines.${name}`, name] as const),
  ];
}

/** A configuration, and its mistakes. */
export interface CheckedConfiguration {
  /**
   * If there are mistakes, only good for further checks, because invalid values are removed or replaced by placeholders.
   * Undefined without a valid region.
   */
  readonly configuration: StackConfiguration | undefined;
  /** A line for each mistake: the key, the value, the fix. */
  readonly problems: readonly string[];
}

/**
 * Checks plain values against the schema and the rules of a stack's configuration.
 *
 * @param pipelineNames the names of all pipeline folders; any other name is a mistake
 */
export function checkStackConfiguration(values: Values, pipelineNames: readonly string[]): CheckedConfiguration {
  const own = given(values);
  const { configuration: valid, issues, wrong: paths } = validPart(own);
  // A misspelt name leaves open which pipelines are meant, so all of them are checked.
  const isMisspelt = valid.onlyPipelines.some((name) => !pipelineNames.includes(name));
  const configuration = isMisspelt ? { ...valid, onlyPipelines: [] } : valid;
  const wrong = [...paths.map((path) => path.join(".")), ...(isMisspelt ? ["onlyPipelines"] : [])];
  return {
    configuration: wrong.includes("region") ? undefined : configuration,
    problems: [
      ...schemaProblems(own, issues),
      ...namedPipelines(own)
        .filter(([, name]) => !pipelineNames.includes(name))
        .map(([key]) => `${key}: unknown pipeline; give one of: ${pipelineNames.join(", ")}`),
      ...combinedProblems(configuration, own, pipelineNames, wrong),
    ],
  };
}
