import { type record, region } from "./recorded/recorded.ts";

/** Configurations that the stack rejects, each with its message. */
export const refusedConfigurations: readonly (readonly [string, Parameters<typeof record>[0], RegExp])[] = [
  [
    "the credentials of another account",
    { configuration: { ...region, "sagemaker-training:account": "999999999999" } },
    /account: this stack belongs to 999999999999, but the credentials belong to 111122223333; use the right profile/,
  ],
  [
    "a region without an XGBoost image",
    { configuration: { "aws:region": "mars-north-1" } },
    /pipeline crickets: no XGBoost image is known for region mars-north-1/,
  ],
  [
    "invalid credentials, together with other mistakes,",
    {
      account: "",
      configuration: { ...region, "sagemaker-training:pipelines": '{"crickets":{"schedule":"rate(1 day)"}}' },
    },
    /account: AWS did not say which account the credentials belong to \(unexpected call of \S+\); sign in, or give other credentials with .*\n.*pipelines\.crickets\.schedule: a schedule sets no parameters/,
  ],
  [
    "a misspelt key, together with other mistakes,",
    {
      configuration: {
        ...{ ...region, "sagemaker-training:forceDestory": "true" },
        "sagemaker-training:pipelines": '{"oyster":{},"crickets":{"ceilling":5}}',
      },
    },
    /pipelines\.crickets\.ceilling: .*\n.*forceDestory: unknown key; Pulumi\.yaml lists all keys\n.*pipelines\.oyster/,
  ],
  [
    "mistakes in the region, the providers, the keys, the account and the pipeline together",
    {
      configuration: {
        ...{ "aws:region": "mars-north-1", "aws:assumeRoles": "[]", "sagemaker-training:region": "eu-west-1" },
        "sagemaker-training:account": "999999999999",
        "sagemaker-training:kmsKeyArn": "arn:aws:kms:mars-north-1:111122223333:key/1",
        "sagemaker-training:forceDestory": "true",
      },
    },
    /^.*region: this project has no such key; set the provider's region: .*\n.*aws:assumeRoles: only the aws provider supports it.*\n.*forceDestory: .*\n.*account: this stack belongs to .*\n.*kmsKeyArn: got an ARN in account 111122223333; .*\n.*pipeline crickets: no XGBoost image is known/,
  ],
  [
    "an invalid AWS_REGION if the stack's own region is empty",
    { configuration: { "aws:region": "" }, environment: { AWS_REGION: "mars" } },
    /^stack configuration, region \(environment variable AWS_REGION\): got "mars"; give a region such as us-east-1$/,
  ],
  [
    "a misspelt project name in a key, and provider settings without effect,",
    {
      configuration: {
        ...{ ...region, "aws:regoin": "eu-west-1", "aws-native:profile": "work" },
        "sagemaker-trainning:account": "999999999999",
      },
    },
    /^.*sagemaker-trainning:account: this program ignores it; the keys of this project begin with sagemaker-training:\n.*aws:regoin: unknown setting of the aws provider; give one of .*profile, .*\n.*aws-native:profile: this program ignores it, because aws-native gets the region, the profile and the keys of aws; remove it$/,
  ],
  [
    "a provider setting that lets other accounts in",
    { configuration: { ...region, "aws:skipRequestingAccountId": "true", "aws:skipCredentialsValidation": "false" } },
    /^stack configuration, aws:skipRequestingAccountId: got true, but then pulumi refresh and destroy would accept another account's credentials; remove it$/,
  ],
  [
    "an access log of the bucket in the bucket itself",
    {
      configuration: {
        ...region,
        "sagemaker-training:accessLogBucket": "training-dev-111122223333-eu-central-1",
      },
    },
    /accessLogBucket: got the stack's own bucket training-dev-111122223333-eu-central-1, .*; give another bucket/,
  ],
  [
    "a schedule for a pipeline with a parameter without a default",
    {
      configuration: { ...region, "sagemaker-training:pipelines": '{"crickets":{"schedule":"rate(7 days)"}}' },
    },
    /pipelines\.crickets\.schedule: a schedule sets no parameters, but InputDataUrl has no default; configure pipelines\.crickets\.inputDataUrl/,
  ],
  [
    "a secret value, without printing it,",
    {
      configuration: { ...region, "sagemaker-training:kmsKeyArn": "hunter2" },
      secrets: ["sagemaker-training:kmsKeyArn"],
    },
    /^stack configuration, kmsKeyArn: set as a secret, but the stack's names and outputs would show it; if it is not secret, set it without --secret$/,
  ],
];
