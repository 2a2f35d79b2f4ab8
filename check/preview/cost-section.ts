import { codeSpan, collapsed, table } from "../report/content/markdown-text.ts";
import { hourlyPrice, priceSource } from "./instance-prices.ts";
import type { PricedJob } from "./priced-jobs.ts";

/** The jobs of a pipeline's execution. */
export interface PricedExecution {
  readonly pipeline: string;
  /** The region of the stack. */
  readonly region?: string | undefined;
  readonly jobs: readonly PricedJob[];
}

/** How long steps took, in seconds, by the step's name. */
export type StepSeconds = ReadonlyMap<string, number>;

const dash = "–";

function dollars(amount: number): string {
  return amount < 0.01 ? `$${amount.toPrecision(1)}` : `$${amount.toFixed(2)}`;
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${+(seconds / 3600).toFixed(1)} h`;
}

/** Returns the dollars of a job for some seconds; undefined if its price, its instances or the seconds are not known. */
function costOf({ instanceType, instances }: PricedJob, seconds: number | undefined): number | undefined {
  const price = hourlyPrice(instanceType);
  return price === undefined || instances === undefined || seconds === undefined
    ? undefined
    : (price * instances * seconds) / 3600;
}

/** Returns the sum in words; jobs without a price are named, because a sum that leaves them out would look complete. */
function total(jobs: readonly PricedJob[], secondsOf: (job: PricedJob) => number | undefined): string | undefined {
  const costs = jobs.map((job) => costOf(job, secondsOf(job)));
  const known = costs.filter((cost) => cost !== undefined);
  if (known.length === 0 && jobs.length > 0) return undefined;
  const sum = dollars(known.reduce((all, cost) => all + cost, 0));
  const unknown = jobs.filter((_, index) => costs[index] === undefined).map(({ step }) => codeSpan(step));
  return unknown.length === 0 ? sum : `${sum} without ${unknown.join(", ")}`;
}

function row(job: PricedJob, took: number | undefined): readonly string[] {
  const { step, instanceType, instances = dash, seconds } = job;
  const price = hourlyPrice(instanceType);
  const cost = (of: number | undefined) => {
    const amount = costOf(job, of);
    return of === undefined ? dash : `${duration(of)}${amount === undefined ? "" : `, ${dollars(amount)}`}`;
  };
  return [
    codeSpan(step),
    instanceType === undefined ? "not known before the execution" : `${instances} × ${codeSpan(instanceType)}`,
    price === undefined ? "no price here" : `$${price}`,
    cost(took),
    cost(seconds),
    job.runs ? "runs" : "from the cache",
  ];
}

function sourceText(region: string | undefined): string {
  const elsewhere =
    region === undefined || region === priceSource.region ? "" : `; the stack is in ${region}, where prices differ`;
  return `Prices of ${priceSource.region}, collected on ${priceSource.collected} from copies of ${priceSource.url}${elsewhere}. Retries, storage and logs are extra.`;
}

/**
 * Describes the cost of a pipeline's next execution as Markdown: instances x the usual duration, and x the maximum.
 *
 * @param local the durations of the steps in the local run, which are the only ones that a pull request knows
 */
export function costSection({ pipeline, region, jobs }: PricedExecution, local: StepSeconds): string | undefined {
  if (jobs.length === 0) return undefined;
  const running = jobs.filter(({ runs }) => runs);
  const usual = (of: readonly PricedJob[]) => total(of, ({ step }) => local.get(step));
  const most = (of: readonly PricedJob[]) => {
    const amount = total(of, ({ seconds }) => seconds);
    return amount === undefined ? "an unknown amount" : `${amount} at their time limits`;
  };
  const range = (of: readonly PricedJob[]) => {
    const amount = usual(of);
    return amount === undefined
      ? `at most ${most(of)}`
      : `from ${amount} if the jobs take as long as in the local run to ${most(of)}`;
  };
  const less = running.length === 0 ? "nothing, as all jobs come from the cache" : range(running);
  const next = running.length === jobs.length ? "" : ` The next one, if the last one succeeded: ${less}.`;
  const head = ["step", "instances", "an hour", "local run", "time limit", "next execution"];
  const rows = jobs.map((job) => row(job, local.get(job.step)));
  const note =
    "The local run used the sample data on GitHub's machine, and AWS also bills the time in which a job loads its data, so expect more.";
  return [
    `**Cost of an execution of ${codeSpan(pipeline)}**: ${range(jobs)}.${next}`,
    collapsed(
      "Jobs and prices",
      [table(head, rows), sourceText(region), ...(local.size === 0 ? [] : [note])].join("\n\n"),
    ),
  ].join("\n\n");
}
