import { logGroup, sharedLogs } from "../service-model/job-kinds.ts";
import type { StackConfiguration } from "./configuration/stack-configuration.ts";
import { devStacks } from "./dev-stacks.ts";
import { failureRuleName } from "./failure-events.ts";
import type { AccessedStack } from "./github/accessed-stack.ts";
import type { GithubAccessArgs } from "./github/workflow-roles.ts";
import type { StackNames } from "./stack-names.ts";

/** Pulumi's names of a stack, and its account. */
export interface PulumiStack {
  readonly project: string;
  readonly stack: string;
  readonly account: string;
}

/** The part of a stack's plan that the workflows' roles depend on. */
interface Planned {
  readonly names: StackNames;
  /** The folders of its pipelines. */
  readonly folders: readonly string[];
  /** The folders of the pipelines that register models. */
  readonly registering: readonly string[];
}

function accessedStack(pulumi: PulumiStack, configuration: StackConfiguration, planned: Planned): AccessedStack {
  const { names, folders, registering } = planned;
  const { region, kmsKeyArn, permissionsBoundaryArn, notifyFailures, jobLogRetentionDays } = configuration;
  // One pattern covers every folder, so that a new folder does not change the roles. Custom names are added to it.
  const any = names.pipeline("*");
  const named = (nameOf: (folder: string) => string, of = folders) => {
    const others = of.map(nameOf).filter((name) => !name.endsWith(any.slice(1)));
    return [any, ...new Set(others)];
  };
  const pipelineNames = named(names.pipeline);
  const prefixes = [...new Set(["*", ...folders].map(names.prefix))];
  return {
    ...{ ...pulumi, partition: names.partition, region, kmsKeyArn, permissionsBoundaryArn, pipelineNames },
    bucketName: names.bucket,
    // `*` covers every other prefix; listing them too would only fill up the 10,240 characters of a policy.
    prefixes: prefixes.includes("*") ? ["*"] : prefixes,
    ownsBucket: configuration.artifactBucket === undefined,
    executionRoleArn: names.roleArn,
    ownsExecutionRole: configuration.sagemakerPipelineRoleArn === undefined,
    // Present even without a schedule, so that adding the first schedule does not change the roles.
    scheduleRoleArn: names.otherRoleArn("schedule"),
    modelPackageGroupNames: named(names.modelPackageGroup, registering),
    scheduleNames: pipelineNames.map((name) => `default/${name}`),
    topicName: notifyFailures ? names.other("failures") : undefined,
    // The later rules too, so that adding pipelines does not change the roles.
    ruleNames: notifyFailures
      ? ([0, "??"] as const).map((number) => failureRuleName(names.other("failures"), number))
      : [],
    // The log groups of every kind of job, so that a new kind does not change the roles.
    logGroupNames: jobLogRetentionDays === undefined ? [] : sharedLogs.map(logGroup),
    approvesModels: configuration.approveModels,
    readsProjectTags: configuration.sagemakerProjectArn !== undefined,
  };
}

/** Returns the access of GitHub's workflows to a stack; undefined if its configuration names no repository. */
export function workflowAccess(
  pulumi: PulumiStack,
  configuration: StackConfiguration,
  planned: Planned,
  tags: Readonly<Record<string, string>>,
): GithubAccessArgs | undefined {
  const { github, region, permissionsBoundaryArn } = configuration;
  if (github === undefined) return undefined;
  const stacks = devStacks({ ...pulumi, region, permissionsBoundaryArn });
  return {
    github,
    stack: accessedStack(pulumi, configuration, planned),
    previewRoleName: planned.names.other("preview"),
    deployRoleName: planned.names.other("deploy"),
    driftRoleName: planned.names.other("drift"),
    devStacks: github.devStacks ? { roleName: planned.names.other("devstacks"), stacks } : undefined,
    tags,
  };
}
