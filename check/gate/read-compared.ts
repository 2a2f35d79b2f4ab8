import type { GateOutputs } from "../../stack-outputs.ts";
import { compareRows } from "./compare-rows.ts";
import type { EvaluationProblems } from "./evaluation-problems.ts";
import { type ComparisonDocument, evaluationSchema, type Sketches } from "./evaluation-schema.ts";
import { metricSchema, valueAt } from "./metric-value.ts";

/** An approved model that an execution was told to compare with, with the facts from its registration. */
export interface Asked {
  readonly modelUrl: string;
  readonly splitRule: string;
  /** SHA-256 of its model file, if the evaluation that it was registered with contains it. */
  readonly sha256?: string;
  /** The sketches of its rows, if that evaluation contains them. */
  readonly sketches?: Sketches;
}

/** An approved model, scored on the candidate's test rows. */
export interface Compared {
  readonly value: number;
  readonly sha256: string;
  /** The candidate's loss minus the approved model's: the mean over the rows, and its one-sided 95 % bounds. */
  readonly difference: { readonly mean: number; readonly lower: number; readonly upper: number };
}

/** The scores of a candidate, and the rows on which it was scored. */
export interface Candidate {
  readonly candidate: { readonly value: number; readonly sha256: string };
  readonly test: { readonly rows: number; readonly sha256: string; readonly splitRule: string };
}

/** The part of a gate that says how to read its evaluation. */
export type EvaluationGate = Pick<GateOutputs, "direction" | "loss" | "minimumRows"> & {
  readonly evaluation: Pick<GateOutputs["evaluation"], "value">;
};

export type ModelName = "baseline" | "best";

const { shape } = evaluationSchema;

const comparisonKeys = { baseline: "comparison", best: "best_comparison" } as const;

/** The evaluation that is read, and what it is read with. */
export interface Reading {
  readonly json: unknown;
  readonly gate: EvaluationGate;
  /** The path of the metric. */
  readonly metric: readonly string[];
  readonly problems: EvaluationProblems;
}

/** Reads the comparison with an approved model. */
export function readCompared(reading: Reading, name: ModelName, asked: Asked, own: Candidate): Compared | undefined {
  const { json, gate, metric, problems } = reading;
  const key = comparisonKeys[name];
  for (const part of [name, key])
    if ((valueAt(json, [part]) ?? undefined) === undefined)
      problems.add([part], `required, because the script was given ${asked.modelUrl}`);
  const scored = problems.read([name], shape[name]) ?? undefined;
  const difference = problems.read([key], shape[key]) ?? undefined;
  const loss = valueAt(json, [key, "metric"]);
  if (typeof loss === "string" && loss !== gate.loss)
    problems.add([key, "metric"], `expected the gate's loss, ${gate.loss}`);
  if (scored === undefined) return undefined;
  if (scored.model_url !== asked.modelUrl)
    problems.add([name, "model_url"], `the script was given ${asked.modelUrl}, and must score that model`);
  if (asked.sha256 !== undefined && scored.sha256 !== asked.sha256)
    problems.add(
      [name, "sha256"],
      `the model at ${asked.modelUrl} was registered with the SHA-256 ${asked.sha256}: reject it, or restore it and run without the step cache`,
    );
  const value = problems.read([name, ...metric], metricSchema);
  if (difference === undefined || value === undefined) return undefined;
  const { value: mine } = own.candidate;
  // Without the candidate's metric, which is a problem of its own, there is nothing to expect.
  if (!Number.isNaN(mine))
    checkDifference(reading, key, difference, {
      difference: gate.direction === "lower" ? mine - value : value - mine,
      scale: Math.max(mine, value),
    });
  const { mean_difference: mean, lower_95: lower, upper_95: upper } = difference;
  return { value, sha256: scored.sha256, difference: { mean, lower, upper } };
}

interface Expected {
  /** The difference of the two metrics, as a difference in loss. */
  readonly difference: number;
  /** The larger of the two metrics. */
  readonly scale: number;
}

/**
 * Checks that the mean of the paired differences equals the difference of the two metrics. Otherwise the rows were not the
 * same, or the metric is not the mean of the rows' loss.
 */
function checkDifference(
  { gate: { loss }, problems }: Reading,
  key: string,
  { mean_difference: mean, lower_95: lower, upper_95: upper }: ComparisonDocument,
  expected: Expected,
): void {
  if (Math.abs(mean - expected.difference) > 1e-6 * Math.max(expected.scale, 1e-12))
    problems.add(
      [key, "mean_difference"],
      `the difference of the two values is ${expected.difference}; the metric must be the mean of the rows' ${loss}`,
    );
  if (lower > mean) problems.add([key, "lower_95"], `expected at most the mean, ${mean}`);
  if (upper < mean) problems.add([key, "upper_95"], `expected at least the mean, ${mean}`);
}

/** Adds a problem if an approved model may have been trained on the test rows. Returns sentences for the report. */
export function checkRows(
  { problems }: Reading,
  name: ModelName,
  asked: Asked,
  test: Candidate["test"],
  sketches: Sketches | undefined,
) {
  if (test.splitRule !== asked.splitRule) {
    problems.add(
      ["test", "split_rule"],
      `the ${name}'s data was split by ${asked.splitRule}, so the ${name} may have been trained on these test rows: reject it, or give --baseline none`,
    );
    return [];
  }
  const { problem, notes } = compareRows(name, sketches, asked.sketches);
  if (problem !== undefined) problems.addSentence(problem);
  return notes;
}
