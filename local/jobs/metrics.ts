import type { MetricData, MetricDefinition } from "@aws-sdk/client-sagemaker";
import type { Wire } from "../wire/wire.ts";

const line = /^\[\d+\](?:\t[A-Za-z0-9_]+-[^\t:]+:[^\t]+)+\s*$/;
const metric = /\t([A-Za-z0-9_]+)-([^\t:]+):([^\t]+)/g;

/**
 * Collects the last value of each metric in a training log. SageMaker's built-in metric definitions for the XGBoost image find
 * `train:rmse` and `validation:rmse` in `[49]\ttrain-rmse:1.2\tvalidation-rmse:2.1`. The job's own metric definitions find the
 * first group of their regular expression.
 *
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/define-train-metrics.html
 */
export class Metrics {
  readonly #last = new Map<string, Wire<MetricData>>();
  readonly #own: readonly { readonly name: string; readonly regex: RegExp }[];

  /** @throws Error for an invalid regular expression */
  constructor(definitions: readonly Wire<MetricDefinition>[] = []) {
    this.#own = definitions.map(({ Name = "", Regex = "" }) => ({ name: Name, regex: regularExpression(Name, Regex) }));
  }

  /**
   * Looks for metrics in a line of the log.
   *
   * @param time epoch seconds
   */
  read(text: string, time: number): void {
    for (const { name, regex } of this.#own) {
      const number = regex.exec(text)?.[1];
      if (number !== undefined) this.#keep(name, number, time);
    }
    if (!line.test(text)) return;
    for (const [, channel, name, number] of text.matchAll(metric)) this.#keep(`${channel}:${name}`, number, time);
  }

  #keep(MetricName: string, number: string | undefined, Timestamp: number): void {
    const Value = Number(number);
    if (Number.isFinite(Value)) this.#last.set(MetricName, { MetricName, Value, Timestamp });
  }

  /** Returns the last value of each metric so far. */
  final(): Wire<MetricData>[] {
    return [...this.#last.values()];
  }
}

function regularExpression(name: string, text: string): RegExp {
  try {
    return new RegExp(text);
  } catch (error) {
    throw new Error(
      `ClientError: the Regex of the metric ${name} is not a regular expression: ${error instanceof Error ? error.message : error}`,
    );
  }
}
