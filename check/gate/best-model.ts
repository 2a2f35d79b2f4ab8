import type { ApprovedModel } from "./approved-model.ts";

/** The best of the approved models, where that is another than the baseline, and sentences about the choice. */
export interface BestModel {
  readonly best?: ApprovedModel;
  readonly notes: readonly string[];
}

type Known = ApprovedModel & { readonly value: number };

const models = (count: number) => (count === 1 ? "1 other approved model" : `${count} other approved models`);

/**
 * The best model that ever was approved, by the metric each was registered with. Those were measured on the test rows of
 * their day, so that they choose a model but decide nothing: the execution scores it again, beside the candidate. Models
 * of another split than the baseline's are of another time, and cannot be compared.
 *
 * @param others the approved models but the baseline; undefined for one whose own record is broken
 */
export function bestModel(
  baseline: ApprovedModel,
  others: readonly (ApprovedModel | undefined)[],
  direction: "lower" | "higher",
): BestModel {
  const comparable = others.filter(
    (model): model is Known => model?.value !== undefined && model.splitRule === baseline.splitRule,
  );
  const leftOut = others.length - comparable.length;
  const sign = direction === "lower" ? 1 : -1;
  const [first] = comparable.toSorted((a, b) => sign * (a.value - b.value));
  const isBetter = first !== undefined && (baseline.value === undefined || sign * (first.value - baseline.value) < 0);
  const notes = [
    ...(isBetter || comparable.length === 0
      ? []
      : [`The baseline is as good as the best of ${models(comparable.length)}, by their own evaluations.`]),
    ...(leftOut === 0
      ? []
      : [
          `${models(leftOut)} could not be looked at for the best one: without their model, their evaluation or its metric, or split by another rule.`,
        ]),
  ];
  return { ...(isBetter ? { best: first } : {}), notes };
}
