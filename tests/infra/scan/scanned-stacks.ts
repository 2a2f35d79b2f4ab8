import { account, everything, region } from "../recorded/recorded.ts";

/** A GitHub configuration with the Pulumi state in a bucket with a KMS key, because only then the preview role has permissions. */
const github = JSON.stringify({
  ...JSON.parse(everything["sagemaker-training:github"] ?? "{}"),
  stateBackend: "s3://pulumi-state",
  stateKeyArn: `arn:aws:kms:eu-central-1:${account}:key/5678`,
});

/** The scanned configurations, by name. */
export const scannedStacks = {
  plain: region,
  everything: { ...everything, "sagemaker-training:github": github },
} as const;

export type ScannedStack = keyof typeof scannedStacks;
