import { DescribeLogStreamsCommand, GetLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DescribeTrainingJobCommand, type PipelineExecutionStep } from "@aws-sdk/client-sagemaker";
import { lastPart } from "../../../aws/arn.ts";
import type { AwsClients } from "../../../aws/clients.ts";
import { jobKinds, logGroup } from "../../../service-model/job-kinds.ts";
import type { Report } from "../content/report.ts";
import { NotThere } from "./not-there.ts";

type Training = NonNullable<Report["training"]>;

/** The most rounds of a curve. More are thinned out evenly. */
const mostRounds = 500;
/** The most pages of a log, each up to 1 MiB. A longer log consists mostly of other output. */
const mostPages = 5;

const round = /\[(\d+)\]((?:\s+[^\s:]+:[-+\d.eE]+)+)/;
/** The spelling of a tab in the XGBoost container's log, as in the regular expressions of its metrics. */
const tab = /#011/g;

/**
 * Parses the curves in a training log: lines such as `[0]\ttrain-rmse:8.07\tvalidation-rmse:8.13`, as XGBoost prints them. If a
 * round was printed twice, as after a restart from a checkpoint, the last line counts.
 *
 * @returns undefined if the log has no such line
 */
export function trainingCurves(lines: readonly string[]): Training | undefined {
  const rounds = new Map<number, ReadonlyMap<string, number>>();
  for (const line of lines) {
    const [, number, metrics = ""] = round.exec(line.replaceAll(tab, "\t")) ?? [];
    if (number === undefined) continue;
    const values = metrics
      .trim()
      .split(/\s+/)
      .map((metric): [string, number] => {
        const colon = metric.lastIndexOf(":");
        return [metric.slice(0, colon), Number(metric.slice(colon + 1))];
      });
    if (values.every(([, value]) => Number.isFinite(value))) rounds.set(Number(number), new Map(values));
  }
  const names = [...(rounds.values().next().value?.keys() ?? [])];
  const whole = [...rounds].filter(([, values]) => names.every((name) => values.has(name))).sort(([a], [b]) => a - b);
  const every = Math.ceil(whole.length / mostRounds);
  const shown = whole.filter((_, index) => index % every === 0 || index === whole.length - 1);
  if (shown.length === 0) return undefined;
  return {
    rounds: shown.map(([number]) => number),
    curves: names.map((name) => ({ name, values: shown.map(([, values]) => values.get(name) ?? 0) })),
  };
}

async function readLog({ logs }: AwsClients, job: string): Promise<readonly string[]> {
  const logGroupName = logGroup(jobKinds.TrainingJob.logs);
  const streams = await logs.send(new DescribeLogStreamsCommand({ logGroupName, logStreamNamePrefix: `${job}/` }));
  const logStreamName = streams.logStreams?.[0]?.logStreamName;
  if (logStreamName === undefined) return [];
  const lines: string[] = [];
  let nextToken: string | undefined;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const page = await logs.send(
      new GetLogEventsCommand({ logGroupName, logStreamName, startFromHead: true, nextToken }),
    );
    lines.push(...(page.events ?? []).map(({ message = "" }) => message));
    // At the end of a stream, CloudWatch Logs answers with the token that it was given.
    if (page.nextForwardToken === undefined || page.nextForwardToken === nextToken) break;
    nextToken = page.nextForwardToken;
  }
  return lines;
}

/**
 * Reads the curves of an execution's first training job from its log. A step from the step cache names the job that first ran
 * it.
 *
 * @throws NotThere if there is no training job, or its log has no curves; the message then contains its final metrics
 */
export async function readTraining(clients: AwsClients, steps: readonly PipelineExecutionStep[]): Promise<Training> {
  const arn = steps.map(({ Metadata }) => Metadata?.TrainingJob?.Arn).find((each) => each !== undefined);
  if (arn === undefined) throw new NotThere("the execution has no training job");
  const request = new DescribeTrainingJobCommand({ TrainingJobName: lastPart(arn) });
  const job = await clients.sagemaker.send(request);
  const curves = trainingCurves(await readLog(clients, job.TrainingJobName ?? lastPart(arn)));
  if (curves !== undefined) return curves;
  const metrics = (job.FinalMetricDataList ?? []).map(({ MetricName, Value }) => `${MetricName} ${Value}`);
  const last = metrics.length === 0 ? "" : `; its final metrics are ${metrics.join(", ")}`;
  throw new NotThere(`the log of ${lastPart(arn)} has no metrics for each round${last}`);
}
