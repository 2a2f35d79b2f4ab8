import assert from "node:assert/strict";
import { parseEvaluation } from "../../../check/gate/evaluation.ts";
import type { EvaluationGate } from "../../../check/gate/read-compared.ts";
import { ExitError } from "../../../exit-code.ts";
import {
  asked,
  baselineMse,
  type Change,
  changed,
  compared,
  type Document,
  mse,
  mseGate,
  sha,
  url,
  valid,
} from "./example-evaluation.ts";
import { refused } from "./refused-evaluations.ts";
import { sketched, someRows } from "./sketched-rows.ts";

describe("parseEvaluation", () => {
  it("reads the candidate, the baseline, the best model and their differences", () => {
    assert.deepEqual(parseEvaluation(JSON.stringify(valid), mseGate, asked), {
      candidate: { value: 5.5, sha256: sha("a") },
      test: { rows: 606, sha256: sha("1"), splitRule: "rule/1" },
      baseline: { value: 5, sha256: sha("b"), difference: { mean: 0.5, lower: 0.4, upper: 0.6 } },
      best: { value: 4.5, sha256: sha("c"), difference: { mean: 1, lower: 0.9, upper: 1.1 } },
      notes: ["baseline", "best"].map(
        (name) =>
          `The check could not tell whether the ${name} model was trained on these test rows, because the evaluation has no sketches of the rows.`,
      ),
    });
  });

  it("reads only the candidate if no comparison was requested", () => {
    const { baseline: _, comparison: __, best: ___, best_comparison: ____, ...alone } = valid;
    for (const document of [alone, { ...alone, baseline: null, comparison: null }, valid])
      assert.deepEqual(parseEvaluation(JSON.stringify(document), mseGate), {
        candidate: { value: 5.5, sha256: sha("a") },
        test: { rows: 606, sha256: sha("1"), splitRule: "rule/1" },
        notes: [],
      });
  });

  const taken: readonly (readonly [string, Change])[] = [
    ["the fewest rows that the gate allows", (d) => (d["test"] = { ...valid.test, rows: 100 })],
    ["a difference that is rounded", compared({ mean_difference: 0.5 + 5e-6 })],
    ["bounds at the mean", compared({ lower_95: 0.5, upper_95: 0.5 })],
    ["further keys anywhere", (d) => (d["test"] = { ...valid.test, more: { "": [] } })],
  ];
  for (const [what, change] of taken)
    it(`accepts ${what}`, () => assert.ok(parseEvaluation(changed(change), mseGate, asked).baseline));

  it("accepts a perfect candidate and a perfect baseline", () => {
    const zero = (d: Document) => {
      mse(0)(d);
      baselineMse(0)(d);
      compared({ mean_difference: 0, lower_95: 0, upper_95: 0 })(d);
    };
    const { candidate, baseline } = parseEvaluation(changed(zero), mseGate, { baseline: asked.baseline });
    assert.deepEqual([candidate.value, baseline?.value], [0, 0]);
  });

  it("accepts a baseline whose registered hash is unknown", () => {
    const { sha256: _, ...known } = asked.baseline;
    const change = (d: Document) => (d["baseline"] = { ...valid.baseline, sha256: sha("d") });
    assert.equal(parseEvaluation(changed(change), mseGate, { baseline: known }).baseline?.sha256, sha("d"));
  });

  it("rejects a scored baseline without a hash or a URI", () => {
    const { sha256: _, ...known } = asked.baseline;
    for (const [key, value] of [
      ["sha256", undefined],
      ["sha256", "x"],
      ["model_url", 7],
    ] as const)
      assert.throws(
        () =>
          parseEvaluation(
            changed((d) => (d["baseline"] = { ...valid.baseline, [key]: value })),
            mseGate,
            { baseline: known },
          ),
        new RegExp(`evaluation\\.json, baseline\\.${key} is `),
      );
  });

  it("rejects an approved model that was trained on the test rows, and notes if that cannot be known", () => {
    const [train, test] = [someRows(2000, 1), someRows(400, 2)];
    const document = JSON.stringify({ ...valid, sketches: sketched(train, test) });
    const { baseline, best } = asked;
    const right = { ...baseline, sketches: sketched(train, test) };
    assert.deepEqual(parseEvaluation(document, mseGate, { baseline: right }).notes, []);
    assert.match(
      parseEvaluation(document, mseGate, { baseline: right, best }).notes.join(),
      /^The check could not tell .*best/,
    );
    assert.throws(
      () => parseEvaluation(document, mseGate, { baseline: { ...right, sketches: sketched([...train, ...test], []) } }),
      (error) =>
        error instanceof ExitError &&
        error.code === 5 &&
        /: about \d+ of the 400 test rows are training rows of the baseline/.test(error.message),
    );
  });

  it("rejects sketches that are too small or damaged", () => {
    const sketches = sketched(someRows(10, 1), someRows(10, 2));
    for (const [wrong, message] of [
      [{ ...sketches, size: 1023 }, /sketches\.size is 1023: expected number to be >=1024/],
      [
        { ...sketches, test: { ...sketches.test, hashes: "0f" } },
        /sketches\.test\.hashes is "0f": expected hashes of 16/,
      ],
      [{ ...sketches, train: undefined }, /sketches\.train is missing: expected object/],
    ] as const)
      assert.throws(() => parseEvaluation(JSON.stringify({ ...valid, sketches: wrong }), mseGate), message);
  });

  it("reports every problem with its key and value, each on a line", () => {
    const text = changed((d) => {
      mse("low")(d);
      d["schema_version"] = 2;
      d["test"] = { rows: 50, sha256: sha("1") };
      d["model"] = { sha256: "x".repeat(200) };
      delete d["baseline"];
      d["best_comparison"] = { ...valid.best_comparison, metric: "absolute_error", upper_95: null };
    });
    assert.throws(
      () => parseEvaluation(text, mseGate, asked),
      (error) => {
        assert.ok(error instanceof ExitError && error.code === 5);
        const page = "(docs/evaluation.md).";
        assert.deepEqual(error.message.split("\n"), [
          "The evaluation cannot be used: 8 problems.",
          `evaluation.json, schema_version is 2: expected 1 ${page}`,
          `evaluation.json, regression_metrics.mse.value is "low": expected number ${page}`,
          `evaluation.json, test.split_rule is missing: expected string ${page}`,
          `evaluation.json, model.sha256 is "${"x".repeat(79)}...: expected 64 hexadecimal digits ${page}`,
          `evaluation.json, test.rows is 50: too few, the gate requires at least 100 test rows ${page}`,
          `evaluation.json, baseline is missing: required, because the script was given ${url} ${page}`,
          `evaluation.json, best_comparison.upper_95 is null: expected number ${page}`,
          `evaluation.json, best_comparison.metric is "absolute_error": expected the gate's loss, squared_error ${page}`,
        ]);
        return true;
      },
    );
  });

  for (const [what, change, message] of refused)
    it(`ends with exit code 5 for ${what}`, () =>
      assert.throws(
        () => parseEvaluation(typeof change === "string" ? change : changed(change), mseGate, asked),
        (error) =>
          error instanceof ExitError &&
          error.code === 5 &&
          error.message.startsWith("The evaluation cannot be used: ") &&
          message.test(error.message),
      ));

  describe("with a classification metric", () => {
    const accuracy: EvaluationGate = {
      direction: "higher",
      loss: "zero_one_loss",
      minimumRows: 2,
      evaluation: { value: "multiclass_classification_metrics.accuracy.value" },
    };
    const of = (own: number, others: number, mean: number) =>
      JSON.stringify({
        ...valid,
        multiclass_classification_metrics: { accuracy: { value: own, standard_deviation: "NaN" } },
        baseline: {
          ...valid.baseline,
          multiclass_classification_metrics: { accuracy: { value: others, standard_deviation: "NaN" } },
        },
        comparison: { metric: "zero_one_loss", mean_difference: mean, lower_95: mean - 0.1, upper_95: mean + 0.1 },
      });

    it("accepts a loss that rises as the metric falls", () => {
      const { candidate, baseline } = parseEvaluation(of(0.75, 0.875, 0.125), accuracy, { baseline: asked.baseline });
      assert.deepEqual([candidate.value, baseline?.value, baseline?.difference.mean], [0.75, 0.875, 0.125]);
    });

    it("rejects a loss that falls with the metric, and a metric that is not the mean of the loss", () => {
      for (const mean of [-0.125, 0.25])
        assert.throws(
          () => parseEvaluation(of(0.75, 0.875, mean), accuracy, { baseline: asked.baseline }),
          /the metric must be the mean of the rows' zero_one_loss/,
        );
    });

    it("rejects a metric name that every JavaScript object has, such as constructor", () => {
      const gate = { ...accuracy, evaluation: { value: "test.toString.length" } };
      assert.throws(() => parseEvaluation(of(0.75, 0.875, 0.125), gate), /, test\.toString\.length is missing: /);
    });
  });
});
