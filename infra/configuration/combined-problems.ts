import { partitionOf } from "../../service-model/partition.ts";
import { projectNameId } from "./project-name.ts";
import { selectedPipelines } from "./selected-pipelines.ts";
import type { StackConfiguration } from "./stack-configuration.ts";

/** A rule between keys: those that it is about, and a line for each mistake. */
interface Rule {
  readonly keys: readonly string[];
  readonly problems: () => readonly string[];
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

/** The bucket's name is all that is used of its ARN. */
function bucketProblems(given: unknown, region: string): readonly string[] {
  const [, partition] = /^arn:([\w-]+):s3:::/.exec(String(given)) ?? [];
  const own = partitionOf(region);
  return partition === undefined || partition === own
    ? []
    : [`artifactBucket: got one of ${partition}; give one of ${own}, which ${region} is in`];
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
          `accessLogBucket: got ${accessLogBucket}, but the settings of the bucket ${artifactBucket} (artifactBucket, ARTIFACT_BUCKET) stay its owner's; leave it out`,
        ),
    },
    {
      keys: ["sagemakerProjectName", "sagemakerProjectId"],
      problems: () =>
        line(
          (projectName === undefined) !== (sagemakerProjectId === undefined),
          "sagemakerProjectName and sagemakerProjectId: got one without the other, and Studio shows what is tagged with both; give both, or neither",
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
 * What is wrong between keys that are each right, a line each; a rule is not asked where one of its keys is wrong in itself.
 *
 * @param values what the configuration was made of
 * @param wrong the keys that are wrong in themselves
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
