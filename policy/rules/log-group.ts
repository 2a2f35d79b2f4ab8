import type { ResourceRule } from "./rule.ts";

const retention: ResourceRule = {
  name: "log-group-retention",
  description: "A log group has a retention time.",
  check: ({ type, props }) =>
    type === "aws:cloudwatch/logGroup:LogGroup" && !(Number(props["retentionInDays"]) > 0)
      ? ["The log group keeps its logs for ever; give retentionInDays."]
      : [],
};

export const logGroupRules = [retention];
