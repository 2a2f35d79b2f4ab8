import type { Files } from "./evaluated-models.ts";

/** Returns the URL under which the tests serve an archive. */
export const modelUrl = (name: string) => `s3://models/${name}.tar.gz`;
/** Inputs that evaluate.py rejects, and the beginning of its message. */
interface EvaluateError {
  readonly what: string;
  readonly model?: string;
  readonly baseline?: string;
  readonly best?: string;
  readonly files?: Files;
  readonly says: string;
}
const models = [
  ["no-archive", "not a model.tar.gz (file could not be opened successfully"],
  ["half", "not a model.tar.gz ("],
  ["damaged", "not a model.tar.gz ("],
  ["empty", "not a model.tar.gz ("],
  ["other-member", "the archive has no file xgboost-model"],
  ["garbage", "the model cannot be loaded ("],
  ["cut", "the model cannot be loaded ("],
  ["dictionary", "the model cannot be loaded (a pickled dict, not a Booster)"],
  ["torn-pickle", "the model cannot be loaded ("],
  ["narrow", "the test rows cannot be scored (it has 9 features, the rows have 10)"],
  ["wide", "the test rows cannot be scored (it has 12 features, the rows have 10)"],
  ["classes", "the test rows cannot be scored (it predicts 30 values for a row, not one)"],
] as const;
const asCandidate = ["half", "garbage", "wide"];
const firstRow = (testRows: string) => testRows.split("\n")[0] ?? "";

/** Returns inputs that cannot be read or scored. `testRows` is the CSV of the correct test rows. */
export const evaluateErrors = (testRows: string): readonly EvaluateError[] => [
  ...models.map(([name, says]) => ({
    what: `the baseline ${name}`,
    baseline: modelUrl(name),
    says: `baseline model ${modelUrl(name)}: ${says}`,
  })),
  ...models
    .filter(([name]) => asCandidate.includes(name))
    .map(([name, says]) => ({ what: `the candidate ${name}`, model: name, says: `model: ${says}` })),
  {
    what: "a baseline: no such object",
    baseline: modelUrl("nowhere"),
    says: `baseline model ${modelUrl("nowhere")}: cannot be downloaded (An error occurred (NoSuchKey)`,
  },
  {
    what: "a baseline: not on S3",
    baseline: "https://example.com/m.tar.gz",
    says: "baseline model 'https://example.com/m.tar.gz': not an S3 URI such as s3://bucket/path/model.tar.gz",
  },
  {
    what: "a best model: no such object",
    baseline: modelUrl("good"),
    best: modelUrl("nowhere"),
    says: `best model ${modelUrl("nowhere")}: cannot be downloaded (An error occurred (NoSuchKey)`,
  },
  {
    what: "a best model: garbage",
    best: modelUrl("garbage"),
    says: `best model ${modelUrl("garbage")}: the model cannot be loaded (`,
  },
  { what: "a baseline: no key", baseline: "s3://models", says: "baseline model 's3://models': not an S3 URI" },
  {
    what: "no model",
    files: { "model/model.tar.gz": undefined },
    says: "model: cannot be read ([Errno 2] No such file",
  },
  {
    what: "no test rows",
    files: { "test/test.csv": undefined },
    says: "the test rows cannot be read ([Errno 2] No such file",
  },
  {
    what: "an empty file of test rows",
    files: { "test/test.csv": "" },
    says: "the test rows cannot be read (No columns to parse",
  },
  {
    what: "a word in the test rows",
    files: { "test/test.csv": testRows.replace(/,/, ",x") },
    says: "model: the test rows cannot be scored (could not convert string to float",
  },
  {
    what: "one test row",
    files: { "test/test.csv": firstRow(testRows) },
    says: "there are 1 test rows; expected at least 2",
  },
  {
    what: "labels whose squares overflow",
    files: { "test/test.csv": `${firstRow(testRows)}\n${firstRow(testRows).replace(/^[^,]+/, "1e200")}\n` },
    says: "some metrics are not finite numbers",
  },
  {
    what: "no split.json",
    files: { "test/split.json": undefined },
    says: "the test rows cannot be read ([Errno 2] No such file",
  },
  {
    what: "a split.json that is not JSON",
    files: { "test/split.json": "{" },
    says: "the test rows cannot be read (Expecting property name",
  },
  { what: "a split.json without a rule", files: { "test/split.json": "[]" }, says: "split.json has no rule" },
];
