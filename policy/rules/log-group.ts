import type { ResourceRule } from "./rule.ts";

const retention: ResourceRule = {
  name: "log-group-retention",
  description: "Logs are kept for a time that someone chose.",
  check: ({ type, props }) =>
    type === "aws:cloudwatch/logGroup:LogGroup" && !(Number(props["retentionInDays"]) > 0)
      ? ["The log group keeps everything for ever; give retentionInDays."]
      : [],
};

export const logGroupRules = [retention];
