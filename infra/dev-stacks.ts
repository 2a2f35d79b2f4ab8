import { type AccessedStack, devStackPrefix } from "./github/accessed-stack.ts";
import { stackNames } from "./stack-names.ts";

/** The name of a dev stack, which stands for all of them: its occurrences in names become a wildcard. */
const anyOf = `${devStackPrefix}any`;

/**
 * Returns the names of all dev stacks' resources, as patterns. The workflow configures a dev stack itself, so it owns its bucket
 * and its roles, and has no key, no topic and no log groups.
 */
export function devStacks(
  of: Pick<AccessedStack, "project" | "account" | "region" | "permissionsBoundaryArn">,
): AccessedStack {
  const names = stackNames(anyOf, of.account, of.region);
  const pipeline = names.pipeline("*");
  const any: AccessedStack = {
    ...{ partition: names.partition, account: of.account, region: of.region, project: of.project, stack: anyOf },
    ...{ bucketName: names.bucket, prefixes: ["*"], ownsBucket: true },
    ...{ executionRoleArn: names.roleArn, ownsExecutionRole: true, scheduleRoleArn: names.otherRoleArn("schedule") },
    permissionsBoundaryArn: of.permissionsBoundaryArn,
    ...{ pipelineNames: [pipeline], modelPackageGroupNames: [pipeline], scheduleNames: [`default/${pipeline}`] },
    ...{ ruleNames: [], logGroupNames: [], approvesModels: false, readsProjectTags: false },
  };
  return JSON.parse(JSON.stringify(any).replaceAll(anyOf, `${devStackPrefix}*`)) as AccessedStack;
}
