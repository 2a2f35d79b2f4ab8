import { baselineMse, type Change, compared, mse, sha, valid } from "./example-evaluation.ts";

/** Evaluations with a mistake, as text or as a change of a valid one, and the message about each. */
export const refused: readonly (readonly [string, string | Change, RegExp])[] = [
  ["an empty file", "", /not JSON/],
  ["half a file", '{"schema_version": 1', /not JSON/],
  ["invalid JSON of two lines", "a\nb", /not JSON: .*a\\u\{a\}b/],
  [
    "a key twice",
    '{"schema_version": 1, "schema_version": 2}',
    /: evaluation\.json has the key "schema_version" twice \(docs\/evaluation\.md\)\.$/,
  ],
  ["a text that would move a terminal's cursor", (d) => (d["schema_version"] = "\u001b[2J\n"), /^[^\p{Cc}]*$/u],
  ["a list", "[]", /evaluation\.json is no object; expected keys/],
  ["NaN", JSON.stringify(valid).replace("5.5", "NaN"), /not JSON/],
  [
    "a number beyond all numbers",
    JSON.stringify(valid).replace("5.5", "1e400"),
    /, regression_metrics\.mse\.value is /,
  ],
  ["null", mse(null), /, regression_metrics\.mse\.value is /],
  ["a number as text", mse("0.1"), /, regression_metrics\.mse\.value is /],
  ["a negative MSE", mse(-1), /, regression_metrics\.mse\.value is /],
  ["no metrics", (d) => delete d["regression_metrics"], /, regression_metrics\.mse\.value is /],
  ["text for metrics", (d) => (d["regression_metrics"] = "mse"), /, regression_metrics\.mse\.value is /],
  ["null for metrics", (d) => (d["regression_metrics"] = null), /, regression_metrics\.mse\.value is /],
  ["another schema", (d) => (d["schema_version"] = 2), /schema_version/],
  ["too few rows", (d) => (d["test"] = { ...valid.test, rows: 99 }), /test\.rows is 99: too few, .* at least 100/],
  ["no number of rows", (d) => (d["test"] = { ...valid.test, rows: 100.5 }), /test\.rows is 100\.5: expected int/],
  [
    "no hash of the rows",
    (d) => (d["test"] = { ...valid.test, sha256: "x" }),
    /test\.sha256 is "x": expected 64 hexadecimal digits/,
  ],
  [
    "a hash with an extra digit at its end",
    (d) => (d["model"] = { sha256: `${sha("a")}0` }),
    /model\.sha256 is "[0a]{65}": expected 64 hexadecimal/,
  ],
  [
    "a hash with an extra digit at its start",
    (d) => (d["model"] = { sha256: `0${sha("a")}` }),
    /model\.sha256 is "[0a]{65}": expected 64 hexadecimal/,
  ],
  [
    "no split rule",
    (d) => (d["test"] = { ...valid.test, split_rule: "" }),
    /test\.split_rule is "": expected string to have >=1 characters/,
  ],
  [
    "another split rule than the baseline's",
    (d) => (d["test"] = { ...valid.test, split_rule: "rule/2" }),
    /test\.split_rule is "rule\/2": the baseline's data was split by rule\/1, .*--baseline none/,
  ],
  [
    "no baseline although one was given",
    (d) => delete d["baseline"],
    /baseline is missing: required, because the script was given s3:\/\/b\/model/,
  ],
  ["null for the baseline", (d) => (d["baseline"] = null), /baseline is null: required/],
  [
    "no comparison although a baseline was given",
    (d) => delete d["comparison"],
    /, comparison is missing: required, because the script was given s3:\/\/b\/model/,
  ],
  ["null for the comparison", (d) => (d["comparison"] = null), /, comparison is null: required/],
  [
    "no best model although one was given",
    (d) => delete d["best"],
    /best is missing: required, because the script was given s3:\/\/b\/best/,
  ],
  [
    "no comparison although a best model was given",
    (d) => delete d["best_comparison"],
    /best_comparison is missing: required/,
  ],
  [
    "another baseline than the one given",
    (d) => (d["baseline"] = { ...valid.baseline, model_url: "s3://b/other" }),
    /baseline\.model_url is "s3:\/\/b\/other": the script was given s3:\/\/b\/model/,
  ],
  [
    "a baseline whose model is another than the one that was registered",
    (d) => (d["baseline"] = { ...valid.baseline, sha256: sha("d") }),
    /baseline\.sha256 is "d+": the model at s3:\/\/b\/model\S+ was registered with the SHA-256 b+: reject it/,
  ],
  ["a baseline without the metric", baselineMse(undefined), /, baseline\.regression_metrics\.mse\.value is /],
  ["a baseline with a negative metric", baselineMse(-1), /, baseline\.regression_metrics\.mse\.value is /],
  [
    "a comparison by another loss",
    compared({ metric: "absolute_error" }),
    /comparison\.metric is "absolute_error": expected the gate's loss, squared_error/,
  ],
  [
    "a difference that is not that of the values",
    compared({ mean_difference: 0.49999 }),
    /comparison\.mean_difference is 0\.49999: the difference of the two values is 0\.5;/,
  ],
  [
    "a difference of the other sign",
    compared({ mean_difference: -0.5 }),
    /comparison\.mean_difference is -0\.5: the diff/,
  ],
  [
    "a lower bound above the mean",
    compared({ lower_95: 0.6, upper_95: 0.7 }),
    /, comparison\.lower_95 is 0\.6: expected at most the mean, 0\.5/,
  ],
  [
    "an upper bound below the mean",
    compared({ upper_95: 0.45 }),
    /, comparison\.upper_95 is 0\.45: expected at least the mean, 0\.5/,
  ],
  [
    "a best model of which the bounds are wrong",
    (d) => (d["best_comparison"] = { ...valid.best_comparison, upper_95: 0 }),
    /, best_comparison\.upper_95 is 0: expected at least the mean, 1/,
  ],
];
