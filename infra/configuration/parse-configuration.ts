import type { z } from "zod";
import { githubConfiguration } from "../github/github-configuration.ts";
import { pipelineConfiguration } from "./pipeline-configuration.ts";
import { projectNameId } from "./project-name.ts";
import { type StackConfiguration, stackConfiguration } from "./stack-configuration.ts";

type Values = Readonly<Record<string, unknown>>;

/** What has no value, or an empty text for one, is left out, so that defaults apply. */
function given(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== ""));
}

/** The keys of the structures in a configuration, which Pulumi.yaml cannot declare. */
const structures: Readonly<Record<string, object>> = {
  github: githubConfiguration.shape,
  pipelines: pipelineConfiguration.shape,
};

/** Where a person finds the keys that there are, where one is not known. */
function knownKeys([structure]: readonly PropertyKey[]): string {
  const keys = structures[String(structure)];
  return keys === undefined ? "Pulumi.yaml has them all" : `there are ${Object.keys(keys).join(", ")}`;
}

/** What is to be given in place of what another type was given for, in words. */
const types: Readonly<Record<string, string>> = {
  array: "give a list",
  boolean: "give true or false",
  number: "give a number",
  object: "give keys with their values",
  record: "give keys with their values",
  string: "give a text",
};

/** An issue's message: the schema's own, or one for a type in place of the library's. */
function wording(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_key") return issue.issues[0]?.message ?? issue.message;
  const [, expected = ""] = /^Invalid input: expected (\w+)/.exec(issue.message) ?? [];
  return types[expected] ?? issue.message;
}

/** Longer values are cut in a message. */
const mostCharacters = 200;

/** What was got, for a line on a terminal: short, and with nothing in it that a terminal acts on. */
function got(found: unknown): string {
  const text = JSON.stringify(found).replace(
    /\p{C}/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
  return text.length <= mostCharacters ? text : `${text.slice(0, mostCharacters)}...`;
}

/** One line for each problem that the schema finds. */
function schemaProblems(values: Values, issues: readonly z.core.$ZodIssue[]): readonly string[] {
  return issues.flatMap((issue) => {
    const key = issue.path.join(".");
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map(
        (name) => `${[...issue.path, name].join(".")}: there is no such key; ${knownKeys(issue.path)}`,
      );
    }
    const found = issue.path.reduce<unknown>((value, part) => (value as Record<PropertyKey, unknown>)?.[part], values);
    const message = wording(issue);
    return [`${key}: ${found === undefined ? message : `got ${got(found)}; ${message}`}`];
  });
}

/** The names of pipelines that a configuration speaks of, each with the key that it does so in. */
function namedPipelines({ pipelines, onlyPipelines }: Values): readonly (readonly [string, string])[] {
  const settings = typeof pipelines === "object" && pipelines !== null ? Object.keys(pipelines) : [];
  const chosen = Array.isArray(onlyPipelines) ? onlyPipelines.map(String) : [];
  return [
    ...settings.map((name) => [`pipelines.${name}`, name] as const),
    ...chosen.map((name) => [`onlyPipelines.${name}`, name] as const),
  ];
}

/** What is wrong between keys that are each right; a rule is not asked where one of its keys is wrong in itself. */
function combinedProblems(
  configuration: StackConfiguration,
  pipelineNames: readonly string[],
  wrong: ReadonlySet<string>,
): readonly string[] {
  const { subnetIds, securityGroupIds, notifyFailures, notificationEmails, pipelines } = configuration;
  const about = (keys: readonly (keyof StackConfiguration)[], problems: () => readonly string[]) =>
    keys.some((key) => wrong.has(key)) ? [] : problems();
  return [
    ...about(["subnetIds", "securityGroupIds"], () =>
      subnetIds.length > 0 === securityGroupIds.length > 0
        ? []
        : ["subnetIds and securityGroupIds: got one without the other; give both, or neither"],
    ),
    ...about(["notificationEmails", "notifyFailures"], () =>
      notificationEmails.length > 0 && !notifyFailures
        ? ["notificationEmails: got addresses while notifyFailures is false; set it to true, or give none"]
        : [],
    ),
    ...about(["onlyPipelines", "pipelines"], () => projectProblems(configuration, pipelineNames)),
    ...Object.entries(pipelines).flatMap(([name, { schedule, scheduleTimezone }]) =>
      schedule === undefined && scheduleTimezone !== undefined
        ? [
            `pipelines.${name}.scheduleTimezone: got ${scheduleTimezone} without a schedule; give pipelines.${name}.schedule`,
          ]
        : [],
    ),
  ];
}

/** A project's name is one pipeline's. */
function projectProblems(configuration: StackConfiguration, pipelineNames: readonly string[]): readonly string[] {
  const unnamed = selectedPipelines(configuration, pipelineNames).filter(
    (name) => configuration.pipelines[name]?.name === undefined,
  );
  const projectName = projectNameId(configuration);
  if (projectName === undefined || unnamed.length <= 1) return [];
  return [
    `sagemakerProjectNameId: got ${projectName}, which names one pipeline, and there are ${unnamed.join(", ")}; choose one with onlyPipelines, or name the others with pipelines.NAME.name`,
  ];
}

/** The pipelines that a stack deploys: those that it chooses, else all. */
export function selectedPipelines(
  { onlyPipelines }: Pick<StackConfiguration, "onlyPipelines">,
  pipelineNames: readonly string[],
): readonly string[] {
  return onlyPipelines.length === 0 ? pipelineNames : pipelineNames.filter((name) => onlyPipelines.includes(name));
}

/** A configuration, and what is wrong about it: a wrong key is left out, so that everything else can be looked at, too. */
export interface CheckedConfiguration {
  /** Undefined where there is nothing to go on with: no region. */
  readonly configuration: StackConfiguration | undefined;
  /** A line for each mistake: the key, what was got, what to do. */
  readonly problems: readonly string[];
}

/** The keys that issues are about. */
function wrongKeys(issues: readonly z.core.$ZodIssue[]): ReadonlySet<string> {
  return new Set(
    issues.flatMap((issue) =>
      issue.path.length === 0 && issue.code === "unrecognized_keys" ? issue.keys : [String(issue.path[0])],
    ),
  );
}

/**
 * Checks plain values as a stack's configuration.
 *
 * @param pipelineNames the pipelines that there are; another name is a mistake
 */
export function checkStackConfiguration(values: Values, pipelineNames: readonly string[]): CheckedConfiguration {
  const own = given(values);
  const { error } = stackConfiguration.safeParse(own);
  const issues = error?.issues ?? [];
  const wrong = wrongKeys(issues);
  const right = Object.fromEntries(Object.entries(own).filter(([key]) => !wrong.has(key)));
  const configuration = stackConfiguration.safeParse(right).data;
  return {
    configuration,
    problems: [
      ...schemaProblems(own, issues),
      ...namedPipelines(own)
        .filter(([, name]) => !pipelineNames.includes(name))
        .map(([key]) => `${key}: there is no such pipeline; there are: ${pipelineNames.join(", ")}`),
      ...(configuration === undefined ? [] : combinedProblems(configuration, pipelineNames, wrong)),
    ],
  };
}
