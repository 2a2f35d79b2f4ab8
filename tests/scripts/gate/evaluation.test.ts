import assert from "node:assert/strict";
import { ExitError } from "../../../scripts/command/exit-code.ts";
import { parseEvaluation } from "../../../scripts/gate/evaluation.ts";

const url = "s3://b/model.tar.gz";
const sha = (digit: string) => digit.repeat(64);

const valid = {
  schema_version: 1,
  regression_metrics: { mse: { value: 5.5, standard_deviation: 2.3 } },
  test: { rows: 606, sha256: sha("1"), split_rule: "rule/1" },
  model: { sha256: sha("a") },
  baseline: {
    model_url: url,
    sha256: sha("b"),
    regression_metrics: { mse: { value: 5, standard_deviation: 2.2 } },
  },
  comparison: { mean_difference: 0.5, lower_95: 0.4, upper_95: 0.6 },
};

type Change = (document: Record<string, unknown>) => void;
const mse =
  (value: unknown): Change =>
  (d) => {
    d["regression_metrics"] = { mse: { value, standard_deviation: 1 } };
  };

const refused: readonly (readonly [string, string | Change, RegExp])[] = [
  ["an empty file", "", /not JSON/],
  ["half a file", '{"schema_version": 1', /not JSON/],
  ["what is no JSON over two lines", "a\nb", /not JSON \(.*a\\u\{a\}b/],
  ["a list", "[]", /document/],
  ["NaN", JSON.stringify(valid).replace("5.5", "NaN"), /not JSON/],
  ["a number beyond all numbers", JSON.stringify(valid).replace("5.5", "1e400"), /regression_metrics\.mse\.value/],
  ["null", mse(null), /regression_metrics\.mse\.value/],
  ["a number as text", mse("0.1"), /regression_metrics\.mse\.value/],
  ["a negative MSE", mse(-1), /regression_metrics\.mse\.value/],
  ["no metrics", (d) => delete d["regression_metrics"], /regression_metrics/],
  ["another schema", (d) => (d["schema_version"] = 2), /schema_version/],
  ["one row", (d) => (d["test"] = { ...valid.test, rows: 1 }), /test\.rows/],
  ["no hash of the rows", (d) => (d["test"] = { ...valid.test, sha256: "x" }), /test\.sha256/],
  ["no baseline although one was given", (d) => delete d["baseline"], /compares with no baseline/],
  ["no comparison although a baseline was given", (d) => delete d["comparison"], /compares with no baseline/],
  [
    "another baseline than the one given",
    (d) => (d["baseline"] = { ...valid.baseline, model_url: "s3://b/other" }),
    /instead of s3:\/\/b\/model/,
  ],
  [
    "a difference that is not that of the values",
    (d) => (d["comparison"] = { mean_difference: 0.1, lower_95: 0, upper_95: 0.2 }),
    /mean_difference/,
  ],
  [
    "bounds on the wrong sides",
    (d) => (d["comparison"] = { mean_difference: 0.5, lower_95: 0.6, upper_95: 0.7 }),
    /bounds/,
  ],
];

describe("reading an evaluation", () => {
  it("takes the candidate, the baseline and their difference", () => {
    assert.deepEqual(parseEvaluation(JSON.stringify(valid), url), {
      candidate: { value: 5.5, sha256: sha("a") },
      test: { rows: 606, sha256: sha("1"), splitRule: "rule/1" },
      baseline: { value: 5, sha256: sha("b"), difference: { mean: 0.5, lower: 0.4, upper: 0.6 } },
    });
  });

  it("takes the candidate alone where no baseline was given", () => {
    const { baseline: _, comparison: __, ...alone } = valid;
    assert.equal(parseEvaluation(JSON.stringify(alone), undefined).baseline, undefined);
  });

  for (const [what, change, message] of refused)
    it(`refuses ${what} with exit code 5`, () => {
      const document = structuredClone(valid) as Record<string, unknown>;
      if (typeof change !== "string") change(document);
      const text = typeof change === "string" ? change : JSON.stringify(document);
      assert.throws(
        () => parseEvaluation(text, url),
        (error) => error instanceof ExitError && error.code === 5 && message.test(error.message),
      );
    });
});
