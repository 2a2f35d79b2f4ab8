import { z } from "zod";
import { oneLine } from "../../pipelines/sagemaker/one-line.ts";
import { ExitError, exitCode } from "../command/exit-code.ts";

const loss = z.object({ value: z.number().min(0), standard_deviation: z.number().min(0) });
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "64 hexadecimal digits");

/** What `evaluate.py` writes; further keys are allowed, these are needed. Metrics are in the units of the label. */
const evaluationSchema = z.object({
  schema_version: z.literal(1),
  regression_metrics: z.object({ mse: loss }),
  test: z.object({ rows: z.int().min(2), sha256, split_rule: z.string().min(1) }),
  model: z.object({ sha256 }),
  baseline: z
    .object({ model_url: z.string(), sha256, regression_metrics: z.object({ mse: loss }) })
    .nullish()
    .transform((value) => value ?? undefined),
  comparison: z
    .object({ mean_difference: z.number(), lower_95: z.number(), upper_95: z.number() })
    .nullish()
    .transform((value) => value ?? undefined),
});

/** The candidate scored on the test rows and, where there is a baseline, both on the same rows. */
export interface Evaluation {
  readonly candidate: { readonly value: number; readonly sha256: string };
  readonly test: { readonly rows: number; readonly sha256: string; readonly splitRule: string };
  readonly baseline?: {
    readonly value: number;
    readonly sha256: string;
    /** Candidate's minus baseline's squared error over the rows: the mean, and its one-sided 95 % bounds. */
    readonly difference: { readonly mean: number; readonly lower: number; readonly upper: number };
  };
}

function unreadable(problem: string): ExitError {
  return new ExitError(exitCode.evaluation, `The evaluation cannot be used: ${problem}.`);
}

/**
 * Reads an evaluation, and fails closed: whatever is missing, not finite, or contradicts itself is an error.
 *
 * @param baselineUrl the model that the evaluation was asked to compare with, if there is one
 * @throws ExitError (5) naming the key
 */
export function parseEvaluation(text: string, baselineUrl: string | undefined): Evaluation {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw unreadable(`evaluation.json is not JSON (${oneLine((error as Error).message)})`);
  }
  const parsed = evaluationSchema.safeParse(json);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0] ?? { path: [], message: "unknown" };
    throw unreadable(`evaluation.json, ${path.join(".") || "document"}: ${message}`);
  }
  const { regression_metrics, test, model, baseline, comparison } = parsed.data;
  const candidate = { value: regression_metrics.mse.value, sha256: model.sha256 };
  const rows = { rows: test.rows, sha256: test.sha256, splitRule: test.split_rule };
  if (baselineUrl === undefined) return { candidate, test: rows };
  if (baseline === undefined || comparison === undefined)
    throw unreadable(`evaluation.json compares with no baseline, although ${baselineUrl} was given`);
  if (baseline.model_url !== baselineUrl)
    throw unreadable(`evaluation.json, baseline.model_url: ${baseline.model_url} was scored instead of ${baselineUrl}`);
  const value = baseline.regression_metrics.mse.value;
  const difference = { mean: comparison.mean_difference, lower: comparison.lower_95, upper: comparison.upper_95 };
  checkDifference(difference, candidate.value - value, Math.max(candidate.value, value));
  return { candidate, test: rows, baseline: { value, sha256: baseline.sha256, difference } };
}

/** On the same rows the mean of the differences is the difference of the means; anything else was not paired. */
function checkDifference(difference: { mean: number; lower: number; upper: number }, expected: number, scale: number) {
  if (Math.abs(difference.mean - expected) > 1e-6 * Math.max(scale, 1e-12))
    throw unreadable(
      `evaluation.json, comparison.mean_difference: ${difference.mean} is not the difference of the two values, ${expected}`,
    );
  if (difference.lower > difference.mean || difference.upper < difference.mean)
    throw unreadable("evaluation.json, comparison: the bounds do not enclose the mean");
}
