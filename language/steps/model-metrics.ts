import type { DriftCheckBaselines, MetricsSource, ModelMetrics } from "@aws-sdk/client-sagemaker";
import { defined } from "../../service-model/defined.ts";
import type { ExpressibleObject } from "../expressions/expressible.ts";
import { isExpression, type Value } from "../expressions/expression.ts";

/** A file on S3: the URI of a JSON file, or the URI with a content type. */
export type MetricsFile =
  | Value<string>
  | { readonly s3Uri: Value<string>; readonly contentType?: Value<string>; readonly contentDigest?: Value<string> };

interface StatisticsAndConstraints {
  readonly statistics?: MetricsFile;
  readonly constraints?: MetricsFile;
}

/** The four kinds of metrics that the model registry shows. */
export interface ModelMetricSources {
  readonly modelQuality?: StatisticsAndConstraints;
  readonly modelDataQuality?: StatisticsAndConstraints;
  readonly bias?: {
    readonly report?: MetricsFile;
    readonly preTrainingReport?: MetricsFile;
    readonly postTrainingReport?: MetricsFile;
  };
  readonly explainability?: { readonly report?: MetricsFile };
}

/** The baselines for later quality and Clarify checks. */
export interface DriftBaselines {
  readonly modelQuality?: StatisticsAndConstraints;
  readonly modelDataQuality?: StatisticsAndConstraints;
  readonly bias?: {
    readonly configFile?: MetricsFile;
    readonly preTrainingConstraints?: MetricsFile;
    readonly postTrainingConstraints?: MetricsFile;
  };
  readonly explainability?: { readonly constraints?: MetricsFile; readonly configFile?: MetricsFile };
}

function metricsSource(file: MetricsFile): ExpressibleObject<MetricsSource> {
  if (typeof file === "string" || isExpression(file)) return { ContentType: "application/json", S3Uri: file };
  return {
    ContentType: file.contentType ?? "application/json",
    S3Uri: file.s3Uri,
    ...defined({ ContentDigest: file.contentDigest }),
  };
}

type Slots = { readonly [slot: string]: MetricsFile | undefined };
type Groups = { readonly [group: string]: Slots | undefined };

/** Returns the name with a capital first letter: `preTrainingReport` as `PreTrainingReport`. */
function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** Converts the options to the API's structure: names with a capital letter, without undefined members. */
function sources(groups: Groups): object {
  const given = <T>(record: { readonly [key: string]: T | undefined }) =>
    Object.entries(record).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
  return Object.fromEntries(
    given(groups).map(([group, slots]) => [
      capitalized(group),
      Object.fromEntries(given(slots).map(([slot, file]) => [capitalized(slot), metricsSource(file)])),
    ]),
  );
}

/** Converts the options to `ModelMetrics`: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ModelMetrics.html */
export function modelMetrics(metrics: ModelMetricSources): ExpressibleObject<ModelMetrics> {
  return sources({ ...metrics } as Groups);
}

/** Converts to `DriftCheckBaselines`: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DriftCheckBaselines.html */
export function driftCheckBaselines(baselines: DriftBaselines): ExpressibleObject<DriftCheckBaselines> {
  return sources({ ...baselines } as Groups);
}
