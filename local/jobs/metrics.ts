import type { MetricData, MetricDefinition } from "@aws-sdk/client-sagemaker";
import type { Wire } from "../wire/wire.ts";

const line = /^\[\d+\](?:\t[A-Za-z0-9_]+-[^\t:]+:[^\t]+)+\s*$/;
const metric = /\t([A-Za-z0-9_]+)-([^\t:]+):([^\t]+)/g;

/**
 * Collects what SageMaker's metric definitions of the XGBoost image find in a training log: of
 * `[49]\ttrain-rmse:1.2\tvalidation-rmse:2.1` the last values of `train:rmse` and `validation:rmse`. And what the job's own
 * definitions find: the first group of their regular expression.
 *
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/define-train-metrics.html
 */
export class Metrics {
  readonly #last = new Map<string, Wire<MetricData>>();
  readonly #own: readonly { readonly name: string; readonly regex: RegExp }[];

  /** @throws Error for a regular expression that is none */
  constructor(definitions: readonly Wire<MetricDefinition>[] = []) {
    this.#own = definitions.map(({ Name = "", Regex = "" }) => ({ name: Name, regex: regularExpression(Name, Regex) }));
  }

  /** @param time epoch seconds */
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

  final(): Wire<MetricData>[] {
    return [...this.#last.values()];
  }
}

function regularExpression(name: string, text: string): RegExp {
  try {
    return new RegExp(text);
  } catch (error) {
    throw new Error(
      `ClientError: the Regex of the metric ${name} is no regular expression: ${error instanceof Error ? error.message : error}`,
    );
  }
}
