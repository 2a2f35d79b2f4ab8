import { PolicyPack } from "@pulumi/policy";
import { Config } from "@pulumi/pulumi/config.js";
import { pulumiPolicy } from "./pulumi-policy.ts";
import { rules } from "./rules.ts";

// The account that `Pulumi.<stack>.yaml` pins. Without it, the rules take the account that most resources name. A Config
// without a name reads the keys of the project that Pulumi is checking.
const account = new Config().get("account") || undefined;

new PolicyPack("sagemaker-training", {
  displayName: "SageMaker training",
  provider: "AWS",
  // The level of every rule, unless the pack's configuration changes it.
  enforcementLevel: "mandatory",
  policies: rules.map((rule) => pulumiPolicy(rule, { account })),
});
