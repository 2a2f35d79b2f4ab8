import { account, everything, region } from "../recorded/recorded.ts";

/** GitHub's access where Pulumi's state is in a bucket of the account, with a key: only then may a preview do anything. */
const github = JSON.stringify({
  ...JSON.parse(everything["sagemaker-training:github"] ?? "{}"),
  stateBackend: "s3://pulumi-state",
  stateKeyArn: `arn:aws:kms:eu-central-1:${account}:key/5678`,
});

/** The configurations that are scanned, by name. */
export const scannedStacks = {
  plain: region,
  everything: { ...everything, "sagemaker-training:github": github },
} as const;

export type ScannedStack = keyof typeof scannedStacks;
