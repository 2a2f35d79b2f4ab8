import { logGroup, sharedLogs } from "../service-model/job-kinds.ts";
import type { StackConfiguration } from "./configuration/stack-configuration.ts";
import type { AccessedStack } from "./github/accessed-stack.ts";
import type { GithubAccessArgs } from "./github/workflow-roles.ts";
import type { StackNames } from "./stack-names.ts";

/** A stack as Pulumi knows it, in an account. */
export interface PulumiStack {
  readonly project: string;
  readonly stack: string;
  readonly account: string;
}

/** What of a stack's plan the roles of workflows depend on. */
interface Planned {
  readonly names: StackNames;
  /** The folders of its pipelines. */
  readonly folders: readonly string[];
}

function accessedStack(pulumi: PulumiStack, configuration: StackConfiguration, planned: Planned): AccessedStack {
  const { names, folders } = planned;
  const { region, kmsKeyArn, permissionsBoundaryArn, notifyFailures, jobLogRetentionDays } = configuration;
  // Any folder's, so that a new one needs no administrator; and those that have other names.
  const any = names.pipeline("*");
  const named = (nameOf: (folder: string) => string) => {
    const others = folders.map(nameOf).filter((name) => !name.endsWith(any.slice(1)));
    return [any, ...new Set(others)];
  };
  const pipelineNames = named(names.pipeline);
  const prefixes = [...new Set(["*", ...folders].map(names.prefix))];
  return {
    ...{ ...pulumi, partition: names.partition, region, kmsKeyArn, permissionsBoundaryArn, pipelineNames },
    bucketName: names.bucket,
    // What any folder's contains is not said again: a policy has room for 10,240 characters.
    prefixes: prefixes.includes("*") ? ["*"] : prefixes,
    ownsBucket: configuration.artifactBucket === undefined,
    executionRoleArn: names.roleArn,
    ownsExecutionRole: configuration.sagemakerPipelineRoleArn === undefined,
    // With or without a schedule now: the first one needs no administrator.
    scheduleRoleArn: names.otherRoleArn("schedule"),
    modelPackageGroupNames: named(names.modelPackageGroup),
    scheduleNames: pipelineNames.map((name) => `default/${name}`),
    topicName: notifyFailures ? names.other("failures") : undefined,
    ruleNames: notifyFailures ? [names.other("failures")] : [],
    // Of every kind, for the same reason.
    logGroupNames: jobLogRetentionDays === undefined ? [] : sharedLogs.map(logGroup),
    approvesModels: configuration.approveModels,
    readsProjectTags: configuration.sagemakerProjectArn !== undefined,
  };
}

/** What GitHub's workflows get of a stack; undefined where its configuration names no repository. */
export function workflowAccess(
  pulumi: PulumiStack,
  configuration: StackConfiguration,
  planned: Planned,
  tags: Readonly<Record<string, string>>,
): GithubAccessArgs | undefined {
  const { github } = configuration;
  if (github === undefined) return undefined;
  return {
    github,
    stack: accessedStack(pulumi, configuration, planned),
    previewRoleName: planned.names.other("preview"),
    deployRoleName: planned.names.other("deploy"),
    tags,
  };
}
