import { z } from "zod";
import { ExitError, exitCode } from "../../exit-code.ts";
import { defined } from "../../service-model/defined.ts";
import { oneLine } from "../../service-model/one-line.ts";
import type { GateOutputs } from "../../stack-outputs.ts";
import { duplicateKey } from "./duplicate-key.ts";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "64 hexadecimal digits");
const value = z.number().min(0);
const approved = z
  .looseObject({ model_url: z.string(), sha256 })
  .nullish()
  .transform((value) => value ?? undefined);
const comparison = z
  .object({ metric: z.string(), mean_difference: z.number(), lower_95: z.number(), upper_95: z.number() })
  .nullish()
  .transform((value) => value ?? undefined);

/**
 * The required keys of the evaluation that the script of a gated pipeline writes; further keys are allowed. The gate names the
 * path of the metric, which is the same in the candidate's part (the document itself) and in the part of each approved model.
 */
const evaluationSchema = z.looseObject({
  schema_version: z.literal(1),
  test: z.object({ rows: z.int().min(2), sha256, split_rule: z.string().min(1) }),
  model: z.object({ sha256 }),
  baseline: approved,
  comparison,
  best: approved,
  best_comparison: comparison,
});

/** An approved model that an execution was told to compare with, with the facts from its registration. */
export interface Asked {
  readonly modelUrl: string;
  readonly splitRule: string;
  /** SHA-256 of its model file, if the evaluation that it was registered with contains it. */
  readonly sha256?: string;
}

/** An approved model, scored on the candidate's test rows. */
export interface Compared {
  readonly value: number;
  readonly sha256: string;
  /** The candidate's loss minus the approved model's: the mean over the rows, and its one-sided 95 % bounds. */
  readonly difference: { readonly mean: number; readonly lower: number; readonly upper: number };
}

/** The scores of the candidate and, on the same test rows, of the approved models. */
export interface Evaluation {
  readonly candidate: { readonly value: number; readonly sha256: string };
  readonly test: { readonly rows: number; readonly sha256: string; readonly splitRule: string };
  readonly baseline?: Compared;
  readonly best?: Compared;
}

/** The part of a gate that says how to read its evaluation. */
export type EvaluationGate = Pick<GateOutputs, "direction" | "loss" | "minimumRows"> & {
  readonly evaluation: Pick<GateOutputs["evaluation"], "value">;
};

function unreadable(problem: string): ExitError {
  return new ExitError(exitCode.evaluation, `The evaluation cannot be used: ${oneLine(problem)}.`);
}

/**
 * Returns the metric at a path of a document.
 *
 * @throws ZodError if there is no value, or it is negative or not finite
 */
export function metricValue(document: unknown, path: string): number {
  const metric = path
    .split(".")
    .reduce<unknown>(
      (part, name) =>
        typeof part === "object" && part !== null && Object.hasOwn(part, name)
          ? (part as { readonly [name: string]: unknown })[name]
          : undefined,
      document,
    );
  return value.parse(metric);
}

/**
 * Reads an evaluation and fails closed. Anything missing, not finite or contradictory is an error, and so are too few test rows
 * and a comparison with a model of another split rule.
 *
 * @param asked the approved models that the execution was told to compare with
 * @throws ExitError (5) naming the key
 */
export function parseEvaluation(
  text: string,
  gate: EvaluationGate,
  asked: { readonly baseline?: Asked | undefined; readonly best?: Asked | undefined } = {},
): Evaluation {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw unreadable(`evaluation.json is not JSON (${oneLine((error as Error).message)})`);
  }
  const twice = duplicateKey(text);
  if (twice !== undefined) throw unreadable(`evaluation.json has the key ${twice} twice`);
  const { test, model, ...document } = checked([], () => evaluationSchema.parse(json));
  const path = gate.evaluation.value;
  const metric = (part: readonly string[], of: unknown) =>
    checked([...part, ...path.split(".")], () => metricValue(of, path));
  const candidate = { value: metric([], document), sha256: model.sha256 };
  if (test.rows < gate.minimumRows)
    throw unreadable(
      `evaluation.json, test.rows: ${test.rows} test rows are too few, the gate requires at least ${gate.minimumRows}`,
    );

  const compared = (name: "baseline" | "best", given: Asked | undefined): Compared | undefined => {
    if (given === undefined) return undefined;
    const key = name === "baseline" ? "comparison" : "best_comparison";
    const { [name]: scored, [key]: difference } = document;
    if (scored === undefined || difference === undefined)
      throw unreadable(`evaluation.json contains no comparison with the ${name}, although ${given.modelUrl} was given`);
    if (scored.model_url !== given.modelUrl)
      throw unreadable(
        `evaluation.json, ${name}.model_url: ${scored.model_url} was scored instead of ${given.modelUrl}`,
      );
    if (given.sha256 !== undefined && scored.sha256 !== given.sha256)
      throw unreadable(
        `evaluation.json, ${name}.sha256: the model at ${given.modelUrl} differed from the registered one (SHA-256 ${given.sha256}) when it was scored: reject it, or restore it and run without the step cache`,
      );
    if (test.split_rule !== given.splitRule)
      throw unreadable(
        `the ${name}'s data was split by ${given.splitRule}, the candidate's by ${test.split_rule}, so the ${name} may have been trained on these test rows: reject it, or give --baseline none`,
      );
    const others = metric([name], scored);
    const expected = gate.direction === "lower" ? candidate.value - others : others - candidate.value;
    checkDifference(key, difference, gate.loss, expected, Math.max(candidate.value, others));
    const { mean_difference: mean, lower_95: lower, upper_95: upper } = difference;
    return { value: others, sha256: scored.sha256, difference: { mean, lower, upper } };
  };
  const baseline = compared("baseline", asked.baseline);
  const best = compared("best", asked.best);
  return {
    candidate,
    test: { rows: test.rows, sha256: test.sha256, splitRule: test.split_rule },
    ...defined({ baseline, best }),
  };
}

/** Returns the result of a Zod parse, or throws its first problem as an ExitError. */
function checked<T>(where: readonly string[], parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const { path, message } = error.issues[0] ?? { path: [], message: "unknown" };
    throw unreadable(`evaluation.json, ${[...where, ...path].join(".") || "document"}: ${message}`);
  }
}

/**
 * Checks that the mean of the paired differences equals the difference of the two metrics. Otherwise the rows were not the
 * same, or the metric is not the mean of the rows' loss.
 */
function checkDifference(
  key: string,
  { metric, mean_difference: mean, lower_95, upper_95 }: NonNullable<z.infer<typeof comparison>>,
  loss: string,
  expected: number,
  scale: number,
) {
  if (metric !== loss) throw unreadable(`evaluation.json, ${key}.metric: ${metric} instead of the gate's ${loss}`);
  if (Math.abs(mean - expected) > 1e-6 * Math.max(scale, 1e-12))
    throw unreadable(
      `evaluation.json, ${key}.mean_difference: ${mean} is not the difference of the two values, ${expected}; the metric must be the mean of the rows' ${loss}`,
    );
  if (lower_95 > mean || upper_95 < mean)
    throw unreadable(`evaluation.json, ${key}: the bounds do not enclose the mean`);
}
