import type { Resource } from "../../../policy/rules/rule.ts";

export const account = "111122223333";
const [bucket, region] = [`training-${account}`, "eu-central-1"];
const roleArn = (name: string) => `arn:aws:iam::${account}:role/${name}`;
export const topicArn = `arn:aws:sns:${region}:${account}:failures`;

export function resource(type: string, props: Resource["props"], protect = false): Resource {
  const name = `${type.split(":").at(-1)}`;
  return { urn: `urn:pulumi:dev::training::${type}::${name}`, type, name, props, protect };
}

export function policy(...statements: readonly object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

export const events = { Service: "events.amazonaws.com" };

/** The statement that denies events of other accounts, if EventBridge sends `aws:SourceAccount`. */
export const ownEventsOnly = {
  Effect: "Deny",
  Principal: events,
  Action: "sns:Publish",
  Resource: topicArn,
  Condition: { Null: { "aws:SourceAccount": "false" }, StringNotEquals: { "aws:SourceAccount": account } },
};

function role(name: string, statement: object): Resource {
  const assumeRolePolicy = policy({ Effect: "Allow", Action: "sts:AssumeRole", ...statement });
  return resource("aws:iam/role:Role", { name, assumeRolePolicy });
}

function deputy(service: string, resources: string) {
  return {
    Principal: { Service: `${service}.amazonaws.com` },
    Condition: {
      StringEquals: { "aws:SourceAccount": account },
      ArnLike: { "aws:SourceArn": `arn:aws:${service}:${region}:${account}:${resources}` },
    },
  };
}

const claim = (name: string) => `token.actions.githubusercontent.com:${name}`;

const github = {
  Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com` },
  Action: "sts:AssumeRoleWithWebIdentity",
  Condition: {
    StringEquals: {
      [claim("aud")]: "sts.amazonaws.com",
      [claim("sub")]: ["repo:octo-org/octo-repo:environment:prod", "repo:octo-org@1/octo-repo@2:environment:prod"],
      [claim("repository_id")]: "2",
    },
    StringLike: { [claim("job_workflow_ref")]: "octo-org/octo-repo/.github/workflows/train.yml@refs/heads/*" },
  },
};

const vpc = {
  VpcConfig: { Subnets: ["subnet-1"], SecurityGroupIds: ["sg-1"] },
  EnableInterContainerTrafficEncryption: true,
};

/** A definition with jobs of each kind in a VPC, and a RegisterModel step inside a Condition step. */
export const definition = {
  Version: "2020-12-01",
  Parameters: [
    {
      Name: "ModelApprovalStatus",
      Type: "String",
      DefaultValue: "PendingManualApproval",
      EnumValues: ["PendingManualApproval"],
    },
  ],
  Steps: [
    { Name: "Process", Type: "Processing", Arguments: { RoleArn: roleArn("execution"), NetworkConfig: vpc } },
    { Name: "Train", Type: "Training", Arguments: { RoleArn: roleArn("execution"), ...vpc } },
    { Name: "Tune", Type: "Tuning", Arguments: { TrainingJobDefinition: { RoleArn: roleArn("execution"), ...vpc } } },
    {
      Name: "Check",
      Type: "Condition",
      Arguments: {
        IfSteps: [
          {
            Name: "Register",
            Type: "RegisterModel",
            Arguments: { ModelApprovalStatus: { Get: "Parameters.ModelApprovalStatus" } },
          },
        ],
        ElseSteps: [{ Name: "Refuse", Type: "Fail", Arguments: { ErrorMessage: "No." } }],
      },
    },
  ],
};

const executionPermissions = policy(
  {
    Effect: "Allow",
    Action: ["iam:PassRole"],
    Resource: roleArn("execution"),
    Condition: { StringEquals: { "iam:PassedToService": "sagemaker.amazonaws.com" } },
  },
  {
    Effect: "Allow",
    Action: ["sagemaker:CreateModelPackage"],
    Resource: [`arn:aws:sagemaker:${region}:${account}:model-package/crickets/*`],
    Condition: { StringEquals: { "sagemaker:ModelApprovalStatus": "PendingManualApproval" } },
  },
  { Effect: "Allow", Action: ["ecr:GetAuthorizationToken", "cloudwatch:PutMetricData"], Resource: "*" },
);

const deployPermissions = policy(
  { Effect: "Allow", Action: "sagemaker:UpdateModelPackage", Resource: `arn:aws:sagemaker:${region}:${account}:m/*` },
  { Effect: "Allow", Action: "iam:PutRolePolicy", Resource: roleArn("execution") },
);

/** A stack without mistakes that has resources for every rule. */
export const exampleStack: readonly Resource[] = [
  resource("aws:s3/bucket:Bucket", { bucket, forceDestroy: false }, true),
  resource("aws:s3/bucketVersioning:BucketVersioning", { bucket, versioningConfiguration: { status: "Enabled" } }),
  resource("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", {
    ...{ bucket, blockPublicAcls: true, blockPublicPolicy: true },
    ...{ ignorePublicAcls: true, restrictPublicBuckets: true },
  }),
  resource("aws:s3/bucketOwnershipControls:BucketOwnershipControls", {
    bucket,
    rule: { objectOwnership: "BucketOwnerEnforced" },
  }),
  resource("aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration", {
    bucket,
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms" } }],
  }),
  resource("aws:s3/bucketPolicy:BucketPolicy", {
    bucket,
    policy: policy({
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    }),
  }),
  resource("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", {
    bucket,
    rules: [
      {
        ...{ id: "old-versions", status: "Enabled", filter: { prefix: "" } },
        noncurrentVersionExpiration: { noncurrentDays: 90 },
        abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
        expiration: { expiredObjectDeleteMarker: true },
      },
    ],
  }),
  role("execution", deputy("sagemaker", "*")),
  role("schedule", deputy("scheduler", "schedule-group/default")),
  role("deploy", github),
  resource("aws:iam/rolePolicy:RolePolicy", { role: "execution", policy: executionPermissions }),
  resource("aws:iam/rolePolicy:RolePolicy", { role: "deploy", policy: deployPermissions }),
  resource("aws:iam/openIdConnectProvider:OpenIdConnectProvider", {
    url: "https://token.actions.githubusercontent.com",
    clientIdLists: ["sts.amazonaws.com"],
  }),
  resource("aws-native:sagemaker:ModelPackageGroup", { modelPackageGroupName: "crickets" }, true),
  resource("aws-native:sagemaker:Pipeline", {
    roleArn: roleArn("execution"),
    pipelineDefinition: { pipelineDefinitionBody: JSON.stringify(definition) },
  }),
  resource("aws:scheduler/schedule:Schedule", { target: { roleArn: roleArn("schedule") } }),
  resource("aws:sns/topic:Topic", { name: "failures", kmsMasterKeyId: "alias/failures" }),
  resource("aws:sns/topicPolicy:TopicPolicy", {
    policy: policy({ Effect: "Allow", Principal: events, Action: "sns:Publish", Resource: topicArn }, ownEventsOnly),
  }),
  resource("aws:sns/topicSubscription:TopicSubscription", { protocol: "https", endpoint: "https://example.com/" }),
  resource("aws:cloudwatch/eventRule:EventRule", { eventPattern: JSON.stringify({ source: ["aws.sagemaker"] }) }),
  resource("aws:cloudwatch/eventTarget:EventTarget", { arn: topicArn }),
  resource("aws:kms/key:Key", {
    enableKeyRotation: true,
    policy: policy({
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: "kms:*",
      Resource: "*",
    }),
  }),
  resource("aws:cloudwatch/logGroup:LogGroup", { retentionInDays: 90 }),
  resource("aws:ec2/securityGroup:SecurityGroup", {
    ingress: [{ fromPort: 0, toPort: 65535, protocol: "tcp", cidrBlocks: ["10.0.0.0/8"] }],
    egress: [{ fromPort: 443, toPort: 443, protocol: "tcp", cidrBlocks: ["0.0.0.0/0"] }],
  }),
  resource("aws:ec2/securityGroupRule:SecurityGroupRule", { type: "egress", cidrBlocks: ["0.0.0.0/0"] }),
  resource("aws:ecr/repository:Repository", { name: "training", imageTagMutability: "IMMUTABLE" }),
];
