import { combinedProblems } from "./combined-problems.ts";
import { schemaProblems } from "./schema-problems.ts";
import type { StackConfiguration } from "./stack-configuration.ts";
import { validPart } from "./valid-part.ts";

type Values = Readonly<Record<string, unknown>>;

function isStructure(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What has no value, or an empty text for one, is left out, so that defaults apply; also within what has keys of its own. */
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

/** The names of pipelines that a configuration speaks of, each with the key that it does so in. */
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

/** A configuration, and what is wrong about it. */
export interface CheckedConfiguration {
  /**
   * With mistakes, only to be looked at further: what is wrong is left out of it, or something else stands for it. Undefined
   * where there is nothing to go on with: no region.
   */
  readonly configuration: StackConfiguration | undefined;
  /** A line for each mistake: the key, what was got, what to do. */
  readonly problems: readonly string[];
}

/**
 * Checks plain values as a stack's configuration.
 *
 * @param pipelineNames the pipelines that there are; another name is a mistake
 */
export function checkStackConfiguration(values: Values, pipelineNames: readonly string[]): CheckedConfiguration {
  const own = given(values);
  const { configuration: valid, issues, wrong: paths } = validPart(own);
  // Which pipelines somebody means who misspells one is not known, so that all are looked at.
  const isMisspelt = valid.onlyPipelines.some((name) => !pipelineNames.includes(name));
  const configuration = isMisspelt ? { ...valid, onlyPipelines: [] } : valid;
  const wrong = [...paths.map((path) => path.join(".")), ...(isMisspelt ? ["onlyPipelines"] : [])];
  return {
    configuration: wrong.includes("region") ? undefined : configuration,
    problems: [
      ...schemaProblems(own, issues),
      ...namedPipelines(own)
        .filter(([, name]) => !pipelineNames.includes(name))
        .map(([key]) => `${key}: there is no such pipeline; there are: ${pipelineNames.join(", ")}`),
      ...combinedProblems(configuration, own, pipelineNames, wrong),
    ],
  };
}
