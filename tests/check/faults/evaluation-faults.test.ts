import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { DeleteObjectCommand } from "@aws-sdk/client-s3";
import { DescribeModelPackageCommand } from "@aws-sdk/client-sagemaker";
import { listSteps } from "../../../check/execution/list-steps.ts";
import { DeployedStack, place } from "./deployed-stack.ts";

type Evaluation = Record<string, unknown> & { regression_metrics: { mse: { value: unknown } } };

/** Makes the damaged evaluation from the one that the pipeline wrote. */
type Change = (text: string, evaluation: Evaluation) => string | Buffer;

/** Replaces the candidate's MSE by a text that need not be JSON. */
const withMse =
  (value: string): Change =>
  (_, evaluation) => {
    evaluation.regression_metrics.mse.value = "<here>";
    return JSON.stringify(evaluation).replace('"<here>"', value);
  };

const refused: readonly (readonly [string, Change, RegExp])[] = [
  ["is empty", () => "", /evaluation\.json/],
  ["is over 1 MiB", (text) => text + " ".repeat(1_048_576), /at most 1 MiB/],
  ["begins with a byte-order mark", (text) => `\u{feff}${text}`, /evaluation\.json/],
  ["has a key twice", (text) => text.replace("{", '{"schema_version": 1, '), /has the key "schema_version" twice/],
  [
    "has another schema version",
    (_, evaluation) => JSON.stringify({ ...evaluation, schema_version: 99 }),
    /schema_version/,
  ],
  ["is not an object", () => "[]", /evaluation\.json/],
  ["is cut in half", (text) => text.slice(0, text.length / 2), /evaluation\.json/],
  ["has the MSE NaN", withMse("NaN"), /evaluation\.json/],
  ["has the MSE Infinity", withMse("Infinity"), /evaluation\.json/],
  ["has a text as MSE", withMse('"0.1"'), /regression_metrics\.mse\.value/],
  ["has the MSE null", withMse("null"), /regression_metrics\.mse\.value/],
  ["has a negative MSE", withMse("-1"), /regression_metrics\.mse\.value/],
  ["has the MSE 1e400", withMse("1e400"), /regression_metrics\.mse\.value/],
];

describe("the stack check and damaged evaluations", function () {
  this.timeout(120_000);
  let stack: DeployedStack;
  let uri: string;
  let text: string;
  let modelUrl: string;
  let model: Buffer;
  const other = "another model";

  const described = (ModelPackageName: string) =>
    stack.sagemaker.send(new DescribeModelPackageCommand({ ModelPackageName }));

  /** Describes the model package that an execution registered. */
  async function newestPackage(execution: string) {
    const steps = await listSteps(stack.sagemaker, execution);
    return described(steps.flatMap(({ Metadata }) => Metadata?.RegisterModel?.Arn ?? [])[0] ?? assert.fail());
  }

  before(async () => {
    const made = await DeployedStack.make();
    const { first } = made;
    stack = made.stack;
    assert.match(first.reasons, /no approved model/, "the ceiling alone decided");
    // This evaluation compares with the approved model. Every later execution takes it from the cache.
    const second = await stack.check();
    assert.equal(second.code, 0, second.reasons);
    uri = second.report.evaluation ?? "";
    const { InferenceSpecification } = await described(first.report.candidate?.modelPackageArn ?? "");
    modelUrl = InferenceSpecification?.Containers?.[0]?.ModelDataUrl ?? assert.fail();
    model = await stack.readBytes(modelUrl);
    text = await stack.read(uri);
  });
  after(() => stack?.close());

  for (const [what, change, reason] of refused)
    it(`exits with 5 when the evaluation ${what}`, async () => {
      await stack.write(uri, change(text, JSON.parse(text) as Evaluation));
      const { code, reasons, report } = await stack.check();
      assert.equal(code, 5, reasons);
      assert.match(reasons, reason);
      assert.equal(report.candidate, undefined, "no number is taken from it");
    });

  it("does not crash later when it left the body of an evaluation over 1 MiB unread", async () => {
    await stack.write(uri, text + " ".repeat(8_000_000));
    const { code } = await stack.check({ requestTimeout: 300 });
    assert.equal(code, 5);
    // By now the SDK would have given up an unread body, with an error that nothing catches.
    await sleep(1000);
  });

  it("exits with 5 when the evaluation is missing, and names its place", async () => {
    await stack.s3.send(new DeleteObjectCommand(place(uri)));
    const { code, reasons } = await stack.check();
    assert.equal(code, 5, reasons);
    assert.ok(reasons.includes(uri), reasons);
  });

  it("passes again with the original evaluation", async () => {
    await stack.write(uri, text);
    assert.equal((await stack.check()).code, 0);
  });

  it("reads again when the checksum does not match, and exits with 6 when it never does", async () => {
    const half = { service: "s3", operation: "GetObject", fault: "truncated-body", skip: 1 } as const;
    assert.equal((await stack.check({ faults: [{ ...half, times: 2 }] })).code, 0);
    const { code, reasons } = await stack.check({ faults: [half] });
    assert.equal(code, 6, reasons);
    assert.match(
      reasons,
      /^Reading s3:\S+: the answer is not from AWS \(Checksum mismatch[^\n]*\): check whether a proxy/,
    );
  });

  /** Returns an evaluation of another model than the approved one, with the given MSEs. */
  function withValues(candidate: number, baseline: number): string {
    const given = JSON.parse(text) as Evaluation & Record<"model" | "baseline" | "comparison", object>;
    const difference = candidate - baseline;
    return JSON.stringify({
      ...given,
      model: { sha256: createHash("sha256").update(other).digest("hex") },
      regression_metrics: { mse: { value: candidate } },
      baseline: { ...given.baseline, regression_metrics: { mse: { value: baseline } } },
      comparison: { ...given.comparison, mean_difference: difference, lower_95: difference, upper_95: difference },
    });
  }

  it("exits with 5 when the model was replaced after the evaluation, approves nothing, and still reports a regression", async () => {
    await stack.write(uri, text);
    await stack.write(modelUrl, other);
    const { code, reasons, report } = await stack.check();
    assert.equal(code, 5, reasons);
    assert.ok(reasons.includes(`at ${modelUrl} is not the one that was evaluated, whose SHA-256 is `), reasons);
    const last = await newestPackage(report.execution?.arn ?? "");
    assert.equal(last.ModelApprovalStatus, "PendingManualApproval");
    await stack.write(uri, withValues(0.1, 0));
    await stack.write(modelUrl, "neither");
    assert.equal((await stack.check()).report.verdict, "regression");
    await stack.write(modelUrl, model);
  });

  it("exits with 1 when the baseline's MSE is 0 and the candidate's is above it", async () => {
    await stack.write(uri, withValues(0.1, 0));
    const { code, report } = await stack.check();
    assert.equal(code, 1);
    assert.deepEqual([report.verdict, report.baseline?.value, report.comparison?.margin], ["regression", 0, 0]);
  });

  it("passes when both MSEs are 0", async () => {
    await stack.write(uri, withValues(0, 0));
    await stack.write(modelUrl, other);
    const { code, reasons, report } = await stack.check();
    assert.equal(code, 0, reasons);
    assert.deepEqual([report.verdict, report.candidate?.value, report.comparison?.margin], ["pass", 0, 0]);
    await stack.write(modelUrl, model);
  });
});
