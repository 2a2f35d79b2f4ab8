import type { ApprovedModel } from "./approved-model.ts";

/** The best approved model, if it is not the baseline, and sentences about the choice. */
export interface BestModel {
  readonly best?: ApprovedModel;
  readonly notes: readonly string[];
}

type Known = ApprovedModel & { readonly value: number };

const models = (count: number) => (count === 1 ? "1 other approved model" : `${count} other approved models`);

/**
 * Finds the best approved model by the metric that each was registered with. Those metrics come from different test rows, so
 * they only choose the model; the execution scores it again on the candidate's rows. Models with another split rule than the
 * baseline's are not comparable and are left out.
 *
 * @param others the approved models except the baseline; undefined for a model that could not be read
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
      : [
          `The baseline is at least as good as the best of ${models(comparable.length)}, according to their own evaluations.`,
        ]),
    ...(leftOut === 0
      ? []
      : [
          `${models(leftOut)} could not be considered as the best one, because the model, its evaluation or its metric is missing, or the split rule differs.`,
        ]),
  ];
  return { ...(isBetter ? { best: first } : {}), notes };
}
