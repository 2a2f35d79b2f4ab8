import { lastPart } from "../../aws/arn.ts";
import { arnParts } from "../../service-model/arn.ts";
import { jobKinds, kindsReadByCheck, logGroup } from "../../service-model/job-kinds.ts";

/** The domain of each partition's console. */
const consoles: Readonly<Record<string, string>> = {
  aws: "console.aws.amazon.com",
  "aws-cn": "console.amazonaws.cn",
  "aws-us-gov": "console.amazonaws-us-gov.com",
};

/** Encodes a text for the fragment of a CloudWatch console URL: twice, with `$` instead of the second `%`. */
function fragment(text: string): string {
  return encodeURIComponent(encodeURIComponent(text)).replaceAll("%", "$");
}

/**
 * Returns the console pages with the log streams of an execution's jobs, which SageMaker names `pipelines-<execution id>-...`.
 * There is no link to the execution itself, because only Studio has a page for it and this command does not know the domain.
 *
 * @returns a link for each kind of job; an empty list in a partition whose console is unknown
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
