import { type GithubConfiguration, githubConfiguration } from "../../../infra/configuration/github-configuration.ts";
import type { AccessedStack } from "../../../infra/github/accessed-stack.ts";

export const account = "111122223333";

/** The stack `dev` with every optional resource. */
export const exampleAccessedStack: AccessedStack = {
  ...{ partition: "aws", account, region: "eu-central-1", project: "sagemaker-training", stack: "dev" },
  bucketName: `training-dev-${account}-eu-central-1`,
  prefixes: ["*"],
  ownsBucket: true,
  kmsKeyArn: `arn:aws:kms:eu-central-1:${account}:key/bucket`,
  executionRoleArn: `arn:aws:iam::${account}:role/training-dev-execution-eu-central-1`,
  ownsExecutionRole: true,
  scheduleRoleArn: `arn:aws:iam::${account}:role/training-dev-schedule-eu-central-1`,
  pipelineNames: ["*-training-dev"],
  modelPackageGroupNames: ["*-training-dev"],
  scheduleNames: ["default/*-training-dev"],
  topicName: "training-dev-failures",
  ruleNames: ["training-dev-failures", "training-dev-failures-??"],
  logGroupNames: ["ProcessingJobs", "TrainingJobs", "TransformJobs"].map((kind) => `/aws/sagemaker/${kind}`),
  approvesModels: true,
  readsProjectTags: true,
};

/** The required keys of a GitHub configuration. */
export const leastConfiguration = { repository: "octo-org/octo-repo", repositoryId: "456789", ownerId: "123456" };

export const exampleGithub: GithubConfiguration = githubConfiguration.parse({
  ...leastConfiguration,
  stateBackend: "s3://octo-org-pulumi-state",
  stateKeyArn: `arn:aws:kms:eu-central-1:${account}:key/state`,
});

export const providerArn = `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com`;

/** The ARNs of the workflows' own roles. */
export const githubRoleArns = ["preview", "deploy", "drift"].map(
  (use) => `arn:aws:iam::${account}:role/training-dev-github-${use}-eu-central-1`,
);
