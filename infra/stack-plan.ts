import { pipelineNames } from "../pipelines/catalog.ts";
import { adoptedNames } from "./adopted-names.ts";
import { accountProblems } from "./configuration/account-problems.ts";
import { ConfigurationProblems } from "./configuration/configuration-problems.ts";
import { selectedPipelines } from "./configuration/selected-pipelines.ts";
import type { StackConfiguration } from "./configuration/stack-configuration.ts";
import { failureEvents } from "./failure-events.ts";
import { type GithubAccessArgs, githubAccessProblems } from "./github/workflow-roles.ts";
import { executionPermissions } from "./permissions/execution-permissions.ts";
import { jobKinds } from "./permissions/job-kinds.ts";
import { pipelineContext } from "./pipeline-context.ts";
import type { ScheduledPipeline } from "./pipeline-schedules.ts";
import type { PolicyStatement } from "./policy.ts";
import { scheduleProblems } from "./schedule-problems.ts";
import { sharedNames } from "./shared-names.ts";
import { type StackNames, stackNames } from "./stack-names.ts";
import { type TrainedPipeline, trainedPipelines } from "./trained-pipelines.ts";
import { type PulumiStack, workflowAccess } from "./workflow-access.ts";

/** When a pipeline is started, if its configuration says so. */
function scheduled(folder: string, names: StackNames, { pipelines }: StackConfiguration): readonly ScheduledPipeline[] {
  const { schedule, scheduleTimezone = "UTC" } = pipelines[folder] ?? {};
  if (schedule === undefined) return [];
  const name = names.pipeline(folder);
  const pipelineArn = names.pipelineArn(folder);
  return [{ folder, name, pipelineArn, expression: schedule, timezone: scheduleTimezone }];
}

/** Tags that AWS takes for a resource, and characters that EventBridge takes as a pattern. */
const limits = { tags: 50, eventPattern: 2048 };

/** What is wrong between the configuration and the stack's own names. */
function limitProblems(
  names: StackNames,
  { accessLogBucket, notifyFailures }: StackConfiguration,
  tags: Readonly<Record<string, string>>,
  folders: readonly string[],
): readonly string[] {
  const count = Object.keys(tags).length;
  const { length } = failureEvents(folders.map(names.pipelineArn));
  return [
    ...(accessLogBucket === names.bucket
      ? [`accessLogBucket: got the stack's own bucket ${names.bucket}, whose log would log itself; give another one`]
      : []),
    ...(count > limits.tags
      ? [`tags: got ${count} together with the project's, AWS takes ${limits.tags}; give fewer`]
      : []),
    ...(notifyFailures && length > limits.eventPattern
      ? [
          `notifyFailures: the rule for ${folders.length} pipelines has ${length} characters, EventBridge takes ${limits.eventPattern}; deploy fewer with a stack (onlyPipelines), or set it to false`,
        ]
      : []),
  ];
}

/** Everything about a stack that is known before its first resource: plain values. */
export interface StackPlan {
  readonly names: StackNames;
  readonly tags: Readonly<Record<string, string>>;
  readonly pipelines: readonly TrainedPipeline[];
  /** What the execution role has to be allowed. */
  readonly permissions: readonly PolicyStatement[];
  /** The kinds of jobs in the pipelines, as their log groups are named: `TrainingJobs`. */
  readonly jobKinds: readonly string[];
  readonly schedules: readonly ScheduledPipeline[];
  /** What GitHub's workflows get, if the configuration names their repository. */
  readonly github: GithubAccessArgs | undefined;
}

/**
 * Makes the pipelines that a stack deploys, derives what they need, and finds everything that is wrong before anything
 * is created.
 *
 * @param found what is wrong about the configuration in itself, a line each
 * @param pulumi the stack as Pulumi knows it, and the account that the credentials belong to
 * @param tags of everything in the stack
 * @throws ConfigurationProblems with one line for each mistake
 */
export async function stackPlan(
  pulumi: PulumiStack,
  configuration: StackConfiguration,
  found: readonly string[],
  tags: Readonly<Record<string, string>>,
): Promise<StackPlan> {
  const { region, kmsKeyArn, sagemakerPipelineRoleArn } = configuration;
  const { stack, account } = pulumi;
  const names = stackNames(stack, account, region, adoptedNames(configuration, pipelineNames()));
  const { pipelines, problems } = await trainedPipelines(selectedPipelines(configuration, pipelineNames()), (folder) =>
    pipelineContext(folder, names, configuration, tags),
  );
  const { partition, bucket: bucketName } = names;
  const { statements: permissions, problems: notAllowed } = executionPermissions(
    pipelines.map(({ folder, definition, context: { prefix } }) => ({ folder, definition, prefix })),
    { partition, region, account, bucketName, kmsKeyArn },
  );
  const kinds = [...new Set(pipelines.flatMap(({ definition }) => jobKinds(definition)))].sort();
  const folders = pipelines.map(({ folder }) => folder);
  const github = workflowAccess(pulumi, configuration, { names, folders }, tags);
  const all = [
    ...found,
    ...sharedNames(folders, names),
    ...limitProblems(names, configuration, tags, folders),
    ...accountProblems(configuration, account),
    ...problems,
    // Who brings a role says what it may do.
    ...(sagemakerPipelineRoleArn === undefined ? notAllowed : []),
    ...scheduleProblems(pipelines, configuration),
    ...(github === undefined ? [] : githubAccessProblems(github)),
  ];
  if (all.length > 0) throw new ConfigurationProblems(all);
  return {
    ...{ names, tags, pipelines, permissions },
    jobKinds: kinds,
    schedules: pipelines.flatMap(({ folder }) => scheduled(folder, names, configuration)),
    github,
  };
}
