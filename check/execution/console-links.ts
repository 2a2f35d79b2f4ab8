import { lastPart } from "../../aws/arn.ts";
import { arnParts } from "../../service-model/arn.ts";
import { jobKinds, kindsReadByCheck, logGroup } from "../../service-model/job-kinds.ts";

/** The console of each partition. */
const consoles: Readonly<Record<string, string>> = {
  aws: "console.aws.amazon.com",
  "aws-cn": "console.amazonaws.cn",
  "aws-us-gov": "console.amazonaws-us-gov.com",
};

/** The fragment of the CloudWatch console is encoded twice, with `$` for the second `%`. */
function fragment(text: string): string {
  return encodeURIComponent(encodeURIComponent(text)).replaceAll("%", "$");
}

/**
 * Where the console shows what an execution logs: the log streams of its jobs, which SageMaker names
 * `pipelines-<execution id>-...`. An execution itself has no page outside of a Studio domain, whose address nobody knows here.
 *
 * @returns the address of each kind of jobs; none in a partition whose console is not known
 */
export function consoleLinks(executionArn: string): readonly { readonly what: string; readonly url: string }[] {
  const { partition, region } = arnParts(executionArn);
  const domain = consoles[partition];
  if (domain === undefined) return [];
  return kindsReadByCheck.map((kind) => ({
    what: kind.replace(/Job$/, "").toLowerCase(),
    url:
      `https://${region}.${domain}/cloudwatch/home?region=${region}` +
      `#logsV2:log-groups/log-group/${fragment(logGroup(jobKinds[kind].logs))}` +
      `$3FlogStreamNameFilter$3Dpipelines-${lastPart(executionArn)}`,
  }));
}
