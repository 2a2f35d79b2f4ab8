import { PolicyPack } from "@pulumi/policy";
import { Config } from "@pulumi/pulumi/config.js";
import { pulumiPolicy } from "./pulumi-policy.ts";
import { rules } from "./rules.ts";

// The account that the stack's configuration pins, as in `Pulumi.<stack>.yaml`; without one the resources say it. The engine
// tells a pack the name of the project that it judges, and that is what a Config without a name is of.
const account = new Config().get("account") || undefined;

new PolicyPack("sagemaker-training", {
  displayName: "SageMaker training",
  provider: "AWS",
  // A rule says so itself where a violation is only worth a warning.
  enforcementLevel: "mandatory",
  policies: rules.map((rule) => pulumiPolicy(rule, { account })),
});
