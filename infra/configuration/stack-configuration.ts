import { z } from "zod";
import {
  arn,
  bucketName,
  bucketNameOrArn,
  different,
  ec2Identifiers,
  entityName,
  matching,
  tags,
  truth,
} from "./fields.ts";
import { githubConfiguration } from "./github-configuration.ts";
import { logRetentionDays } from "./log-retention.ts";
import { pipelineConfiguration } from "./pipeline-configuration.ts";
import { asText } from "./pulumi-value.ts";

/** The path before the name of a role or a policy, as in `team/role`. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const path = "(?:[\\w+=,.@-]+/)*";
const role = `role/${path}[\\w+=,.@-]{1,64}`;
const policy = `policy/${path}[\\w+=,.@-]{1,128}`;

/**
 * The keys of a stack's configuration. `Pulumi.yaml` declares them to Pulumi. The variables of AWS's Python template are
 * here in camel case (`ARTIFACT_BUCKET` is `artifactBucket`); they name existing resources, which the stack uses unchanged.
 */
export const stackConfiguration = z.strictObject({
  region: z
    .string("run: pulumi config set aws:region us-east-1")
    .regex(/^[a-z]{2,4}(-[a-z]+)+-\d+$/, "give a region such as us-east-1"),
  account: matching(/^\d{12}$/, "give an account number of 12 digits").optional(),
  artifactBucket: bucketNameOrArn.optional(),
  sagemakerPipelineRoleArn: arn("iam", role, "arn:aws:iam::ACCOUNT:role/NAME").optional(),
  sagemakerProjectName: entityName.optional(),
  sagemakerProjectId: asText(
    matching(/^[a-zA-Z0-9](-*[a-zA-Z0-9])*$/, "give the identifier of a project, such as p-0123456789ab"),
  ).optional(),
  sagemakerProjectArn: arn("sagemaker", "project/[\\w-]+", "arn:aws:sagemaker:REGION:ACCOUNT:project/NAME").optional(),
  sagemakerProjectNameId: entityName.optional(),
  forceDestroy: truth.default(false),
  kmsKeyArn: arn("kms", "key/[\\w-]+", "arn:aws:kms:REGION:ACCOUNT:key/ID").optional(),
  accessLogBucket: bucketName.optional(),
  permissionsBoundaryArn: arn("iam", policy, "arn:aws:iam::ACCOUNT:policy/NAME").optional(),
  // Source: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_VpcConfig.html
  subnetIds: ec2Identifiers("subnet", 16).default([]),
  securityGroupIds: ec2Identifiers("sg", 5).default([]),
  tags: tags.default({}),
  notifyFailures: truth.default(true),
  notificationEmails: different(z.email("give an e-mail address"), "give a list of e-mail addresses").default([]),
  jobLogRetentionDays: logRetentionDays.optional(),
  github: githubConfiguration.optional(),
  approveModels: truth.default(false),
  inconclusive: z.enum(["warn", "fail"], "give warn or fail").default("warn"),
  onlyPipelines: different(asText(z.string()), "give a list of names of pipelines").default([]),
  retiredPipelines: different(asText(z.string()), "give a list of names of pipelines").default([]),
  pipelines: z.record(z.string(), pipelineConfiguration, "give settings by the name of a pipeline").default({}),
});

/** The checked configuration of a stack. */
export type StackConfiguration = z.infer<typeof stackConfiguration>;
