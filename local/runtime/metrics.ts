import type { MetricData } from "@aws-sdk/client-sagemaker";
import type { Wire } from "../sagemaker/wire.ts";

const line = /^\[\d+\](?:\t[A-Za-z0-9_]+-[^\t:]+:[^\t]+)+\s*$/;
const metric = /\t([A-Za-z0-9_]+)-([^\t:]+):([^\t]+)/g;

/**
 * Collects what SageMaker's metric definitions of the XGBoost image find in a training log: of
 * `[49]\ttrain-rmse:1.2\tvalidation-rmse:2.1` the last values of `train:rmse` and `validation:rmse`.
 */
export class Metrics {
  readonly #last = new Map<string, Wire<MetricData>>();

  /** @param time epoch seconds */
  read(text: string, time: number): void {
    if (!line.test(text)) return;
    for (const [, channel, name, number] of text.matchAll(metric)) {
      const value = Number(number);
      const metricName = `${channel}:${name}`;
      if (Number.isFinite(value)) this.#last.set(metricName, { MetricName: metricName, Value: value, Timestamp: time });
    }
  }

  final(): Wire<MetricData>[] {
    return [...this.#last.values()];
  }
}
