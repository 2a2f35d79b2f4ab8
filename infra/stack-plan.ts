import { pipelineNames } from "../pipelines/catalog.ts";
import { adoptedNames } from "./adopted-names.ts";
import { accountProblems } from "./configuration/account-problems.ts";
import { ConfigurationProblems } from "./configuration/configuration-problems.ts";
import { selectedPipelines } from "./configuration/selected-pipelines.ts";
import type { StackConfiguration } from "./configuration/stack-configuration.ts";
import { errorLine } from "./error-line.ts";
import { failureEvents } from "./failure-events.ts";
import { type GithubAccessArgs, githubAccessProblems } from "./github/workflow-roles.ts";
import { imageProblems } from "./image-problems.ts";
import { executionPermissions } from "./permissions/execution-permissions.ts";
import { jobLogs } from "./permissions/job-logs.ts";
import type { PolicyStatement } from "./permissions/policy.ts";
import { pipelineContext } from "./pipeline-context.ts";
import type { ScheduledPipeline } from "./pipeline-schedules.ts";
import { scheduleProblems } from "./schedule-problems.ts";
import { sharedNames } from "./shared-names.ts";
import { type StackNames, stackNames } from "./stack-names.ts";
import { stackTags, tagProblems } from "./stack-tags.ts";
import { type TrainedPipeline, trainedPipelines } from "./trained-pipelines.ts";
import { workflowAccess } from "./workflow-access.ts";

type Tags = Readonly<Record<string, string>>;

/** When a pipeline is started, if its configuration says so. */
function scheduled(folder: string, names: StackNames, { pipelines }: StackConfiguration): readonly ScheduledPipeline[] {
  const { schedule, scheduleTimezone = "UTC" } = pipelines[folder] ?? {};
  if (schedule === undefined) return [];
  const name = names.pipeline(folder);
  const pipelineArn = names.pipelineArn(folder);
  return [{ folder, name, pipelineArn, expression: schedule, timezone: scheduleTimezone }];
}

/** Characters that EventBridge takes as a pattern. */
const patternCharacters = 2048;

/** What is wrong between the configuration and the stack's own names. */
function limitProblems(
  names: StackNames,
  { accessLogBucket, notifyFailures, github }: StackConfiguration,
  folders: readonly string[],
): readonly string[] {
  const { length } = failureEvents(folders.map(names.pipelineArn));
  return [
    ...(accessLogBucket === names.bucket
      ? [`accessLogBucket: got the stack's own bucket ${names.bucket}, whose log would log itself; give another one`]
      : []),
    ...(github?.stateBackend?.split("/")[2] === names.bucket
      ? [
          `github.stateBackend: got the stack's own bucket ${names.bucket}, with which the stack's state would be destroyed; give another one`,
        ]
      : []),
    ...(notifyFailures && length > patternCharacters
      ? [
          `notifyFailures: the rule for ${folders.length} pipelines has ${length} characters, EventBridge takes ${patternCharacters}; deploy fewer with a stack (onlyPipelines), or set it to false`,
        ]
      : []),
  ];
}

/** A stack as Pulumi runs it. */
export interface RunningStack {
  readonly project: string;
  readonly stack: string;
  /** The account that the credentials belong to; undefined where AWS does not say it. */
  readonly credentials: string | undefined;
  /** The variables of the environment that values of the configuration come from, by key. */
  readonly variables: Readonly<Record<string, string>>;
}

/** Everything about a stack that is known before its first resource: plain values. */
export interface StackPlan {
  readonly account: string;
  readonly names: StackNames;
  readonly tags: Tags;
  readonly pipelines: readonly TrainedPipeline[];
  /** What the execution role has to be allowed. */
  readonly permissions: readonly PolicyStatement[];
  /** The kinds of jobs in the pipelines, as their log groups are named: `TrainingJobs`. */
  readonly jobKinds: readonly string[];
  readonly schedules: readonly ScheduledPipeline[];
  /** What GitHub's workflows get, if the configuration names their repository. */
  readonly github: GithubAccessArgs | undefined;
}

/** Stands for an account where none is known, so that everything else can be looked at. */
const noAccount = "000000000000";

/**
 * Makes the pipelines that a stack deploys, and derives what they need.
 *
 * @throws ConfigurationProblems with one line for each mistake: the `mistakes` that are known already, and all others
 */
async function plan(
  { project, stack, credentials, variables }: RunningStack,
  configuration: StackConfiguration,
  mistakes: readonly string[],
  projects: Tags,
  now: Date,
): Promise<StackPlan> {
  const { region, kmsKeyArn, sagemakerPipelineRoleArn, account = credentials ?? noAccount } = configuration;
  const tags = stackTags(configuration, projects);
  const wrongTags = tagProblems(configuration, projects);
  const names = stackNames(stack, account, region, adoptedNames(configuration, pipelineNames()));
  const { pipelines, problems } = await trainedPipelines(selectedPipelines(configuration, pipelineNames()), (folder) =>
    // What is wrong about tags is said once, not of every job that would have them.
    pipelineContext(folder, names, configuration, wrongTags.length > 0 ? {} : tags),
  );
  const { partition, bucket: bucketName } = names;
  const { statements: permissions, problems: notAllowed } = executionPermissions(
    pipelines.map(({ folder, definition, context: { prefix } }) => ({ folder, definition, prefix })),
    { partition, region, account, bucketName, kmsKeyArn },
  );
  const logs = pipelines.flatMap(({ definition }) => jobLogs(definition)).filter(({ ownLogGroup }) => !ownLogGroup);
  const folders = pipelines.map(({ folder }) => folder);
  const github = workflowAccess({ project, stack, account }, configuration, { names, folders }, tags);
  const all = [
    ...mistakes,
    ...sharedNames(folders, names),
    ...limitProblems(names, configuration, folders),
    ...wrongTags,
    ...accountProblems(configuration, credentials),
    ...problems,
    // Who brings a role says what it may do.
    ...(sagemakerPipelineRoleArn === undefined ? notAllowed : []),
    ...imageProblems(pipelines, region),
    ...scheduleProblems(pipelines, configuration, now),
    ...(github === undefined ? [] : githubAccessProblems(github)),
  ];
  if (all.length > 0) throw new ConfigurationProblems(all, variables);
  return {
    ...{ account, names, tags, pipelines, permissions },
    jobKinds: [...new Set(logs.map((kind) => kind.logs))].sort(),
    schedules: pipelines.flatMap(({ folder }) => scheduled(folder, names, configuration)),
    github,
  };
}

/**
 * Plans a stack, and finds everything that is wrong before anything is created. AWS is asked for the tags of a project
 * once nothing else is wrong.
 *
 * @param mistakes those of the configuration itself, a line each
 * @param projectTags the tags of the SageMaker project with an ARN
 * @throws ConfigurationProblems with one line for each mistake
 */
export async function stackPlan(
  running: RunningStack,
  configuration: StackConfiguration,
  mistakes: readonly string[],
  projectTags: (arn: string) => Promise<Tags>,
  now: Date,
): Promise<StackPlan> {
  const { sagemakerProjectArn: arn } = configuration;
  const own = await plan(running, configuration, mistakes, {}, now);
  if (arn === undefined) return own;
  try {
    return await plan(running, configuration, mistakes, await projectTags(arn), now);
  } catch (error) {
    if (error instanceof ConfigurationProblems) throw error;
    throw new ConfigurationProblems(
      [
        `sagemakerProjectArn: got ${arn}, whose tags AWS does not tell (${errorLine(error)}); give whoever deploys the right tag:GetResources, or leave it out`,
      ],
      running.variables,
    );
  }
}
