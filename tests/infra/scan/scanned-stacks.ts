import { account, everything, region } from "../recorded/recorded.ts";

/** A GitHub configuration with a KMS key for the Pulumi state, because only then the roles have permissions for a key. */
const github = JSON.stringify({
  ...JSON.parse(everything["sagemaker-training:github"] ?? "{}"),
  stateKeyArn: `arn:aws:kms:eu-central-1:${account}:key/5678`,
});

/** The scanned configurations, by name. */
export const scannedStacks = {
  plain: region,
  everything: { ...everything, "sagemaker-training:github": github },
} as const;

export type ScannedStack = keyof typeof scannedStacks;
