import * as pulumi from "@pulumi/pulumi";
import { ArtifactBucket } from "./infra/artifact-bucket.ts";
import { callerAccount } from "./infra/caller-account.ts";
import { projectOutputs, repositoryOutputs } from "./infra/configuration/configured-outputs.ts";
import { readStackConfiguration } from "./infra/configuration/read-configuration.ts";
import { DeployedPipeline } from "./infra/deployed-pipeline.ts";
import { ExecutionRole } from "./infra/execution-role.ts";
import { FailureNotification } from "./infra/failure-notification.ts";
import { GithubAccess } from "./infra/github/github-access.ts";
import { hasModels } from "./infra/has-models.ts";
import { JobLogGroups } from "./infra/job-log-groups.ts";
import { lastOutputs } from "./infra/last-outputs.ts";
import { PipelineSchedules } from "./infra/pipeline-schedules.ts";
import { stackProviders } from "./infra/providers.ts";
import { retiredGroups } from "./infra/removed-groups.ts";
import { reportMissingPermissions } from "./infra/report-missing-permissions.ts";
import { RetiredPipeline } from "./infra/retired-pipeline.ts";
import { projectTags } from "./infra/sagemaker-project.ts";
import { executionTrustPolicy } from "./infra/service-trust.ts";
import { stackPlan } from "./infra/stack-plan.ts";
import type { TrainedPipeline } from "./infra/trained-pipelines.ts";
import { pipelineNames } from "./pipelines/catalog.ts";
import { gateByNames } from "./pipelines/training-pipeline.ts";
import { defined } from "./service-model/defined.ts";
import { stackOutputsVersion, thresholdNames } from "./stack-outputs.ts";

const { configuration, problems, variables } = readStackConfiguration(pipelineNames(), process.env);
const [caller, last] = await Promise.all([callerAccount(), lastOutputs()]);
const running = {
  ...{ project: pulumi.getProject(), stack: pulumi.getStack(), last },
  ...{ credentials: caller.account, variables },
};
const earlierProblems = [...caller.problems, ...problems];
const plan = await stackPlan(running, configuration, earlierProblems, projectTags, new Date());
const { account: accountId, names, tags } = plan;
const shared = { tags, permissionsBoundaryArn: configuration.permissionsBoundaryArn };

const ownsGroup = ({ folder, registersModels }: TrainedPipeline) =>
  registersModels && configuration.pipelines[folder]?.modelPackageGroup === undefined;
const folders = plan.pipelines.map(({ folder }) => folder);
const declared = plan.pipelines
  .filter(ownsGroup)
  .map(({ folder }) => ({ folder, group: names.modelPackageGroup(folder) }));
const retired = await retiredGroups({ last, declared, folders, retired: configuration.retiredPipelines }, (group) =>
  hasModels(configuration.region, group),
);

const aws = new pulumi.Config("aws");
const providers = stackProviders(accountId, configuration.region, aws, process.env["AWS_ENDPOINT_URL"]);

const made: pulumi.Resource[] = [];
if (configuration.artifactBucket === undefined)
  made.push(
    new ArtifactBucket(
      "artifacts",
      {
        bucketName: names.bucket,
        bucketArn: names.bucketArn,
        forceDestroy: configuration.forceDestroy,
        kmsKeyArn: configuration.kmsKeyArn,
        accessLogBucket: configuration.accessLogBucket,
        tags,
      },
      { providers },
    ),
  );

if (configuration.sagemakerPipelineRoleArn === undefined)
  made.push(
    new ExecutionRole(
      "execution",
      {
        roleName: names.role,
        roleArn: names.roleArn,
        trustPolicy: executionTrustPolicy(names.partition, accountId, configuration.region),
        statements: plan.permissions,
        ...shared,
      },
      { providers },
    ),
  );
else await reportMissingPermissions(names.roleArn, plan.permissions);

const deployed = plan.pipelines.map(
  (planned) =>
    new DeployedPipeline(
      planned.folder,
      {
        ...{ pipeline: planned.pipeline, context: planned.context, tags },
        maxParallelExecutionSteps: configuration.pipelines[planned.folder]?.maxParallelExecutionSteps,
        ownsGroup: ownsGroup(planned),
        protectModels: !configuration.forceDestroy,
      },
      { dependsOn: made, providers },
    ),
);

for (const { folder, group } of retired) new RetiredPipeline(folder, { groupName: group, tags }, { providers });

if (plan.schedules.length > 0)
  new PipelineSchedules(
    "schedules",
    {
      ...{ pipelines: plan.schedules, roleName: names.other("schedule"), account: accountId },
      roleArn: names.otherRoleArn("schedule"),
      groupArn: names.arn("scheduler", "schedule-group/default"),
      ...shared,
    },
    { dependsOn: deployed, providers },
  );

const failures = names.other("failures");
const notification = configuration.notifyFailures
  ? new FailureNotification(
      "failures",
      {
        ownName: failures,
        topicArn: names.arn("sns", failures),
        account: accountId,
        pipelineArns: plan.pipelines.map(({ folder }) => names.pipelineArn(folder)),
        emails: configuration.notificationEmails,
        tags,
      },
      { providers },
    )
  : undefined;

if (configuration.jobLogRetentionDays !== undefined)
  new JobLogGroups(
    "job-logs",
    { kinds: plan.jobKinds, retentionDays: configuration.jobLogRetentionDays, tags },
    { providers },
  );

const access = plan.github === undefined ? undefined : new GithubAccess("github", plan.github, { providers });

// The scripts know a stack by these outputs only. `stack-outputs.ts` has their schema.
export const version = stackOutputsVersion;
export const account = accountId;
export const region = configuration.region;
export const artifactBucket = names.bucket;
export const ownsArtifactBucket = configuration.artifactBucket === undefined;
export const roleArn = names.roleArn;
export const forceDestroy = configuration.forceDestroy;
export const approveModels = configuration.approveModels;
export const inconclusive = configuration.inconclusive;
export const pipelines = Object.fromEntries(
  plan.pipelines.map((planned, index) => {
    const { folder, context, gate, registersModels } = planned;
    const configured = thresholdNames.filter((name) => configuration.pipelines[folder]?.[name] !== undefined);
    return [
      folder,
      {
        name: deployed[index]?.name,
        arn: names.pipelineArn(folder),
        ...(registersModels ? { modelPackageGroup: context.modelPackageGroupName } : {}),
        ownsModelPackageGroup: ownsGroup(planned),
        prefix: context.prefix,
        context,
        ...(gate === undefined ? {} : { gate: { ...gateByNames(gate), configured } }),
      },
    ];
  }),
);
// Null instead of undefined, because Pulumi warns about an output without a value.
export const failureTopicArn = notification?.topicArn ?? null;
export const githubRoleArns =
  access === undefined
    ? null
    : {
        ...{ preview: access.previewRoleArn, deploy: access.deployRoleArn, drift: access.driftRoleArn },
        ...defined({ devStacks: access.devStackRoleArn }),
      };
export const github = repositoryOutputs(configuration);
export const sagemakerProject = projectOutputs(configuration);
