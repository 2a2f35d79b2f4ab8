import assert from "node:assert/strict";
import { changedParts, changedThresholds, type DeployedParts } from "../../../check/change/changed-parts.ts";
import { reportSummary } from "../../../check/change/model-change.ts";
import { verdictByBase } from "../../../check/change/verdict-by-base.ts";
import type { GateOutputs } from "../../../stack-outputs.ts";
import { exampleReport } from "../report/example-report.ts";

const gate: GateOutputs = {
  ...{ metric: "MSE", direction: "lower", loss: "squared_error", minimumRows: 100, ceiling: 6 },
  evaluation: { step: "Score", output: "evaluation", file: "evaluation.json", value: "mse.value" },
  ...{ registerStep: "Register", ceilingStep: "Refuse", ceilingParameter: "Ceiling" },
  ...{ baselineParameter: "Baseline", bestParameter: "Best", configured: [] },
  tolerance: { relative: 0.02, absolute: 0 },
};

const summary = reportSummary(exampleReport);

const definition = (code: string, rounds = 30) =>
  JSON.stringify({ Steps: [{ rounds, code: `s3://bucket/crickets/code/${code.repeat(64)}/fit.py` }] });

const base: DeployedParts = { definition: definition("a"), gate, data: "hash/crickets.csv" };

describe("the parts of a pipeline", () => {
  const cases: readonly (readonly [what: string, head: Partial<DeployedParts>, parts: readonly string[]])[] = [
    ["are the same after no change", {}, []],
    [
      "are the same in another order of keys",
      { definition: `{ "Steps": ${JSON.stringify(JSON.parse(definition("a")).Steps)}}` },
      [],
    ],
    ["differ in the definition alone", { definition: definition("a", 1) }, ["definition"]],
    ["differ in the code alone, whose hash is in the definition", { definition: definition("b") }, ["code"]],
    ["differ in both", { definition: definition("b", 1) }, ["definition", "code"]],
    ["differ in the data", { data: "other/crickets.csv" }, ["data"]],
    [
      "differ in a tolerance, which is not in the definition",
      { gate: { ...gate, tolerance: { relative: 0.1, absolute: 0 } } },
      ["thresholds"],
    ],
    ["differ in the gate's metric", { gate: { ...gate, metric: "MAE" } }, ["gate"]],
    ["differ if the gate is removed", { gate: undefined }, ["gate"]],
    ["are the same if only the origin of a threshold differs", { gate: { ...gate, configured: ["ceiling"] } }, []],
  ];
  for (const [what, head, parts] of cases)
    it(what, () => assert.deepEqual(changedParts(base, { ...base, ...head }), parts));
});

describe("a changed threshold", () => {
  it("is named with both values", () =>
    assert.deepEqual(changedThresholds(gate, { ...gate, ceiling: 5, tolerance: { relative: 0.02, absolute: 1 } }), [
      { name: "ceiling", base: 6, head: 5 },
      { name: "absoluteTolerance", base: 0, head: 1 },
    ]));

  // Its candidate has 5.464 on the rows on which the baseline has 5.445; the lower bound of the difference is -0.0239.
  const provenance = (model: string) => ({ definition: "d", code: "c", model });
  const before = { ...summary, provenance: provenance("old") };
  const cases = [
    ["passes within the base's margin", "new", 6, 0.02, "pass"],
    ["is inconclusive with a mean over it", "new", 6, 0.01, "inconclusive"],
    ["is a regression over the base's ceiling", "new", 5.4, 0.02, "regression"],
    ["is unchanged if it is the base's model", "old", 6, 0.01, "unchanged"],
  ] as const;
  for (const [what, model, ceiling, absolute, verdict] of cases)
    it(`is judged by the base's value: the model ${what}`, () => {
      const rules = { ...gate, ceiling, tolerance: { relative: 0, absolute } };
      // The base's model with the base's code has the base's losses.
      const none = { mean: 0, lower: 0, upper: 0, margin: 0 };
      const head = { ...summary, ...(model === "old" && { comparison: none }), provenance: provenance(model) };
      assert.equal(verdictByBase(head, before, rules)?.verdict, verdict);
    });

  it("is not judged if the head has no model", () =>
    assert.equal(verdictByBase({ version: 1, verdict: "error", exitCode: 3, reasons: [] }, before, gate), undefined));
});
