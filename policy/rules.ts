import { accountRules } from "./rules/account.ts";
import { bucketRules } from "./rules/bucket.ts";
import { containerImageRules } from "./rules/container-image.ts";
import { encryptionKeyRules } from "./rules/encryption-key.ts";
import { executionRoleRules } from "./rules/execution-role.ts";
import { githubTrustRules } from "./rules/github-trust.ts";
import { logGroupRules } from "./rules/log-group.ts";
import { modelRegistryRules } from "./rules/model-registry.ts";
import { networkRules } from "./rules/network.ts";
import { notificationRules } from "./rules/notification.ts";
import { pipelineRules } from "./rules/pipeline.ts";
import { policyDocumentRules } from "./rules/policy-document.ts";
import { resourcePolicyRules } from "./rules/resource-policy.ts";
import { rolePermissionRules } from "./rules/role-permissions.ts";
import { roleTrustRules } from "./rules/role-trust.ts";
import type { Rule } from "./rules/rule.ts";

/** All rules of the pack. */
export const rules: readonly Rule[] = [
  ...bucketRules,
  ...policyDocumentRules,
  ...roleTrustRules,
  ...githubTrustRules,
  ...rolePermissionRules,
  ...executionRoleRules,
  ...resourcePolicyRules,
  ...pipelineRules,
  ...modelRegistryRules,
  ...notificationRules,
  ...encryptionKeyRules,
  ...logGroupRules,
  ...networkRules,
  ...containerImageRules,
  ...accountRules,
];
