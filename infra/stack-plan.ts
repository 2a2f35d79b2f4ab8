import { pipelineNames } from "../pipelines/catalog.ts";
import { adoptedNames } from "./adopted-names.ts";
import { accountProblems } from "./configuration/account-problems.ts";
import { ConfigurationProblems } from "./configuration/configuration-problems.ts";
import { selectedPipelines } from "./configuration/selected-pipelines.ts";
import type { StackConfiguration } from "./configuration/stack-configuration.ts";
import { errorLine } from "./error-line.ts";
import { type GithubAccessArgs, githubAccessProblems } from "./github/workflow-roles.ts";
import { imageProblems } from "./image-problems.ts";
import type { LastOutputs } from "./last-outputs.ts";
import { movedStackProblems } from "./moved-stack-problems.ts";
import { executionPermissions } from "./permissions/execution-permissions.ts";
import { jobLogs } from "./permissions/job-logs.ts";
import type { PolicyStatement } from "./permissions/policy.ts";
import { pipelineContext } from "./pipeline-context.ts";
import type { ScheduledPipeline } from "./pipeline-schedules.ts";
import { scheduleParameters } from "./schedule-parameters.ts";
import { scheduleProblems } from "./schedule-problems.ts";
import { sharedNames } from "./shared-names.ts";
import { type StackNames, stackNames } from "./stack-names.ts";
import { stackTags, tagProblems } from "./stack-tags.ts";
import { type TrainedPipeline, trainedPipelines } from "./trained-pipelines.ts";
import { workflowAccess } from "./workflow-access.ts";

type Tags = Readonly<Record<string, string>>;

/** Returns the schedule of a pipeline, or an empty list if its configuration has none. */
function scheduled(
  { folder, definition }: TrainedPipeline,
  names: StackNames,
  { pipelines }: StackConfiguration,
): readonly ScheduledPipeline[] {
  const { schedule, scheduleTimezone = "UTC" } = pipelines[folder] ?? {};
  if (schedule === undefined) return [];
  const name = names.pipeline(folder);
  const pipelineArn = names.pipelineArn(folder);
  const parameters = scheduleParameters(definition.Parameters);
  return [{ folder, name, pipelineArn, expression: schedule, timezone: scheduleTimezone, parameters }];
}

/** Returns one line for each configured model package group of a pipeline that registers no models. */
function unusedGroups(pipelines: readonly TrainedPipeline[], configuration: StackConfiguration): readonly string[] {
  return pipelines.flatMap(({ folder, registersModels }) => {
    const { modelPackageGroup: group } = configuration.pipelines[folder] ?? {};
    if (group === undefined || registersModels) return [];
    return `pipelines.${folder}.modelPackageGroup: got ${group}, but this pipeline registers no models; leave it out`;
  });
}

/** Returns one line for each conflict between the configuration and the stack's own names. */
function limitProblems(names: StackNames, { accessLogBucket, github }: StackConfiguration): readonly string[] {
  return [
    ...(accessLogBucket === names.bucket
      ? [`accessLogBucket: got the stack's own bucket ${names.bucket}, which cannot log to itself; give another bucket`]
      : []),
    ...(github?.stateBackend?.split("/")[2] === names.bucket
      ? [
          `github.stateBackend: got the stack's own bucket ${names.bucket}, so destroying the stack would delete its state; give another bucket`,
        ]
      : []),
  ];
}

/** The stack that Pulumi is deploying, and its environment. */
export interface RunningStack {
  readonly project: string;
  readonly stack: string;
  readonly last: LastOutputs;
  /** The account of the credentials; undefined if AWS did not return it. */
  readonly credentials: string | undefined;
  /** The environment variables that gave configuration values, by configuration key. */
  readonly variables: Readonly<Record<string, string>>;
}

/** The plan of a stack, as plain values, before any resource is created. */
export interface StackPlan {
  readonly account: string;
  readonly names: StackNames;
  readonly tags: Tags;
  readonly pipelines: readonly TrainedPipeline[];
  /** The permissions that the execution role needs. */
  readonly permissions: readonly PolicyStatement[];
  /** The kinds of jobs in the pipelines, as they appear in the names of log groups: `TrainingJobs`. */
  readonly jobKinds: readonly string[];
  readonly schedules: readonly ScheduledPipeline[];
  /** The access of GitHub's workflows, if the configuration names their repository. */
  readonly github: GithubAccessArgs | undefined;
}

/** A placeholder for an unknown account, so that the rest of the configuration is checked as well. */
const noAccount = "000000000000";

/**
 * Builds the stack's pipelines, and derives what they need.
 *
 * @throws ConfigurationProblems with one line for each mistake, those in `earlierProblems` included
 */
async function plan(
  { project, stack, last, credentials, variables }: RunningStack,
  configuration: StackConfiguration,
  earlierProblems: readonly string[],
  projects: Tags,
  now: Date,
): Promise<StackPlan> {
  const { region, kmsKeyArn, sagemakerPipelineRoleArn, account = credentials ?? noAccount } = configuration;
  const tags = stackTags(configuration, projects);
  const wrongTags = tagProblems(configuration, projects);
  const names = stackNames(stack, account, region, adoptedNames(configuration, pipelineNames()));
  const { pipelines, problems } = await trainedPipelines(selectedPipelines(configuration, pipelineNames()), (folder) =>
    // Invalid tags are left out here, so that they are reported once and not again for every job.
    pipelineContext(folder, names, configuration, wrongTags.length > 0 ? {} : tags),
  );
  const { partition, bucket: bucketName } = names;
  const { statements: permissions, problems: notAllowed } = executionPermissions(
    pipelines.map(({ folder, definition, context: { prefix } }) => ({ folder, definition, prefix })),
    { partition, region, account, bucketName, kmsKeyArn },
  );
  const logs = pipelines.flatMap(({ definition }) => jobLogs(definition)).filter(({ ownLogGroup }) => !ownLogGroup);
  const folders = pipelines.map(({ folder }) => folder);
  const registering = pipelines.filter(({ registersModels }) => registersModels).map(({ folder }) => folder);
  const github = workflowAccess({ project, stack, account }, configuration, { names, folders, registering }, tags);
  const all = [
    ...earlierProblems,
    ...sharedNames(folders, names),
    ...unusedGroups(pipelines, configuration),
    ...limitProblems(names, configuration),
    ...wrongTags,
    ...accountProblems(configuration, credentials),
    ...(account === noAccount ? [] : movedStackProblems(last, { account, region }, stack)),
    ...problems,
    // The owner of an existing role decides what it may do.
    ...(sagemakerPipelineRoleArn === undefined ? notAllowed : []),
    ...imageProblems(pipelines, region),
    ...scheduleProblems(pipelines, configuration, now),
    ...(github === undefined ? [] : githubAccessProblems(github)),
  ];
  if (all.length > 0) throw new ConfigurationProblems(all, variables);
  return {
    ...{ account, names, tags, pipelines, permissions },
    jobKinds: [...new Set(logs.map((kind) => kind.logs))].sort(),
    schedules: pipelines.flatMap((pipeline) => scheduled(pipeline, names, configuration)),
    github,
  };
}

/**
 * Plans a stack, and reports every mistake before any resource is created. Asks AWS for the tags of the SageMaker project
 * only when there are no other mistakes.
 *
 * @param earlierProblems the mistakes in the configuration that are already known, a line each
 * @param projectTags reads the tags of the SageMaker project with this ARN
 * @throws ConfigurationProblems with one line for each mistake
 */
export async function stackPlan(
  running: RunningStack,
  configuration: StackConfiguration,
  earlierProblems: readonly string[],
  projectTags: (arn: string) => Promise<Tags>,
  now: Date,
): Promise<StackPlan> {
  const { sagemakerProjectArn: arn } = configuration;
  const own = await plan(running, configuration, earlierProblems, {}, now);
  if (arn === undefined) return own;
  try {
    return await plan(running, configuration, earlierProblems, await projectTags(arn), now);
  } catch (error) {
    if (error instanceof ConfigurationProblems) throw error;
    throw new ConfigurationProblems(
      [
        `sagemakerProjectArn: got ${arn}, but AWS did not return its tags (${errorLine(error)}); allow whoever deploys tag:GetResources, or leave it out`,
      ],
      running.variables,
    );
  }
}
