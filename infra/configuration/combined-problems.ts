import { partitionOf } from "../../service-model/partition.ts";
import { projectNameId } from "./project-name.ts";
import { selectedPipelines } from "./selected-pipelines.ts";
import type { StackConfiguration } from "./stack-configuration.ts";

/** A rule about several keys, and the lines of its mistakes. */
interface Rule {
  readonly keys: readonly string[];
  readonly problems: () => readonly string[];
}

/** Rejects a project name that several pipelines would get. */
function projectProblems(configuration: StackConfiguration, pipelineNames: readonly string[]): readonly string[] {
  const unnamed = selectedPipelines(configuration, pipelineNames).filter(
    (name) => configuration.pipelines[name]?.name === undefined,
  );
  const projectName = projectNameId(configuration);
  if (projectName === undefined || unnamed.length <= 1) return [];
  return [
    `sagemakerProjectNameId: got ${projectName}, which names one pipeline, but the stack deploys ${unnamed.join(", ")}; choose one with onlyPipelines, or name the others with pipelines.NAME.name`,
  ];
}

/** Rejects the ARN of a bucket in another partition. The parsed configuration only has the bucket's name. */
function bucketProblems(given: unknown, region: string): readonly string[] {
  const [, partition] = /^arn:([\w-]+):s3:::/.exec(String(given)) ?? [];
  const own = partitionOf(region);
  return partition === undefined || partition === own
    ? []
    : [`artifactBucket: got an ARN in partition ${partition}; give one in ${own}, the partition of ${region}`];
}

function line(isWrong: boolean, text: string): readonly string[] {
  return isWrong ? [text] : [];
}

function rules(
  configuration: StackConfiguration,
  values: Readonly<Record<string, unknown>>,
  pipelineNames: readonly string[],
): readonly Rule[] {
  const { subnetIds, securityGroupIds, notifyFailures, notificationEmails, pipelines } = configuration;
  const { artifactBucket, accessLogBucket, sagemakerProjectName: projectName, sagemakerProjectId } = configuration;
  return [
    {
      keys: ["subnetIds", "securityGroupIds"],
      problems: () =>
        line(
          subnetIds.length > 0 !== securityGroupIds.length > 0,
          "subnetIds and securityGroupIds: got one without the other; give both, or neither",
        ),
    },
    {
      keys: ["notificationEmails", "notifyFailures"],
      problems: () =>
        line(
          notificationEmails.length > 0 && !notifyFailures,
          "notificationEmails: got addresses while notifyFailures is false; set it to true, or give none",
        ),
    },
    {
      keys: ["artifactBucket", "region"],
      problems: () => bucketProblems(values["artifactBucket"], configuration.region),
    },
    {
      keys: ["accessLogBucket", "artifactBucket"],
      problems: () =>
        line(
          accessLogBucket !== undefined && artifactBucket !== undefined,
          `accessLogBucket: got ${accessLogBucket}, but the stack does not change the settings of the existing bucket ${artifactBucket} (artifactBucket, ARTIFACT_BUCKET); leave it out`,
        ),
    },
    {
      keys: ["sagemakerProjectName", "sagemakerProjectId"],
      problems: () =>
        line(
          (projectName === undefined) !== (sagemakerProjectId === undefined),
          "sagemakerProjectName and sagemakerProjectId: got one without the other, but Studio needs the tags of both; give both, or neither",
        ),
    },
    {
      keys: [
        ...["onlyPipelines", "sagemakerProjectName", "sagemakerProjectId", "sagemakerProjectNameId"],
        ...pipelineNames.map((name) => `pipelines.${name}.name`),
      ],
      problems: () => projectProblems(configuration, pipelineNames),
    },
    ...Object.entries(pipelines).map(([name, { schedule, scheduleTimezone }]) => ({
      keys: [`pipelines.${name}.schedule`],
      problems: () =>
        line(
          schedule === undefined && scheduleTimezone !== undefined,
          `pipelines.${name}.scheduleTimezone: got ${scheduleTimezone} without a schedule; give pipelines.${name}.schedule`,
        ),
    })),
  ];
}

/**
 * Returns one line for each conflict between keys. Skips a rule if one of its keys is already invalid.
 *
 * @param values the values that the configuration was parsed from
 * @param wrong the keys that are already invalid
 */
export function combinedProblems(
  configuration: StackConfiguration,
  values: Readonly<Record<string, unknown>>,
  pipelineNames: readonly string[],
  wrong: readonly string[],
): readonly string[] {
  const isWrong = (key: string) => wrong.some((one) => one === key || key.startsWith(`${one}.`));
  return rules(configuration, values, pipelineNames).flatMap(({ keys, problems }) =>
    keys.some(isWrong) ? [] : problems(),
  );
}
