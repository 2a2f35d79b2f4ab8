import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { DeleteObjectCommand } from "@aws-sdk/client-s3";
import { DescribeModelPackageCommand } from "@aws-sdk/client-sagemaker";
import { listSteps } from "../../../check/execution/list-steps.ts";
import { DeployedStack, place } from "./deployed-stack.ts";

type Evaluation = Record<string, unknown> & { regression_metrics: { mse: { value: unknown } } };

/** What is put in place of the evaluation, made of the one that the pipeline wrote. */
type Change = (text: string, evaluation: Evaluation) => string | Buffer;

/** The document with another value of the candidate's MSE, which need not be JSON. */
const withMse =
  (value: string): Change =>
  (_, evaluation) => {
    evaluation.regression_metrics.mse.value = "<here>";
    return JSON.stringify(evaluation).replace('"<here>"', value);
  };

const refused: readonly (readonly [string, Change, RegExp])[] = [
  ["25: empty", () => "", /evaluation\.json/],
  ["25: over 1 MiB", (text) => text + " ".repeat(1_048_576), /at most 1 MiB/],
  ["25: with a byte-order mark", (text) => `\u{feff}${text}`, /evaluation\.json/],
  [
    "25: with duplicate keys",
    (text) => text.replace("{", '{"schema_version": 1, '),
    /has the key "schema_version" twice/,
  ],
  ["25: of another schema", (_, evaluation) => JSON.stringify({ ...evaluation, schema_version: 99 }), /schema_version/],
  ["25: no object", () => "[]", /evaluation\.json/],
  ["25: half of it", (text) => text.slice(0, text.length / 2), /evaluation\.json/],
  ["26: NaN", withMse("NaN"), /evaluation\.json/],
  ["26: Infinity", withMse("Infinity"), /evaluation\.json/],
  ["26: a text", withMse('"0.1"'), /regression_metrics\.mse\.value/],
  ["26: null", withMse("null"), /regression_metrics\.mse\.value/],
  ["26: negative", withMse("-1"), /regression_metrics\.mse\.value/],
  ["26: 1e400", withMse("1e400"), /regression_metrics\.mse\.value/],
];

describe("the stack check, when the evaluation is not what it should be", function () {
  this.timeout(120_000);
  let stack: DeployedStack;
  let uri: string;
  let text: string;
  let modelUrl: string;
  let model: Buffer;
  const other = "another model";

  const described = (ModelPackageName: string) =>
    stack.sagemaker.send(new DescribeModelPackageCommand({ ModelPackageName }));

  /** The package that an execution registered. */
  async function newestPackage(execution: string) {
    const steps = await listSteps(stack.sagemaker, execution);
    return described(steps.flatMap(({ Metadata }) => Metadata?.RegisterModel?.Arn ?? [])[0] ?? assert.fail());
  }

  before(async () => {
    stack = await DeployedStack.make();
    const first = await stack.check();
    assert.equal(first.code, 0, first.reasons);
    assert.match(first.reasons, /no approved model/, "28: the ceiling alone decided");
    // The evaluation that compares with the approved model; from here on every execution takes it from the cache.
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
    it(`${what}: 5`, async () => {
      await stack.write(uri, change(text, JSON.parse(text) as Evaluation));
      const { code, reasons, report } = await stack.check();
      assert.equal(code, 5, reasons);
      assert.match(reasons, reason);
      assert.equal(report.candidate, undefined, "no number is taken from it");
    });

  it("25: over 1 MiB, and nothing is left that ends the check later", async () => {
    await stack.write(uri, text + " ".repeat(8_000_000));
    const { code } = await stack.check({ requestTimeout: 300 });
    assert.equal(code, 5);
    // The SDK gives up a body that nobody reads after this time, by an error that nobody could catch.
    await sleep(1000);
  });

  it("24: missing: 5, and says where it should be", async () => {
    await stack.s3.send(new DeleteObjectCommand(place(uri)));
    const { code, reasons } = await stack.check();
    assert.equal(code, 5, reasons);
    assert.ok(reasons.includes(uri), reasons);
  });

  it("and passes again when it is", async () => {
    await stack.write(uri, text);
    assert.equal((await stack.check()).code, 0);
  });

  it("7: half of it, by its checksum: asked for again, else 6", async () => {
    const half = { service: "s3", operation: "GetObject", fault: "truncated-body", skip: 1 } as const;
    assert.equal((await stack.check({ faults: [{ ...half, times: 2 }] })).code, 0);
    const { code, reasons } = await stack.check({ faults: [half] });
    assert.equal(code, 6, reasons);
    assert.match(
      reasons,
      /^Reading s3:\S+: the answer is not one of AWS \(Checksum mismatch[^\n]*\): see that no proxy/,
    );
  });

  /** The evaluation of another model than the approved one, with these values. */
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

  it("of another model than is there now: 5, and nothing is approved or removed; a regression stays one", async () => {
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

  it("27: the baseline's MSE is 0: everything above it is a regression, and no number is divided by it", async () => {
    await stack.write(uri, withValues(0.1, 0));
    const { code, report } = await stack.check();
    assert.equal(code, 1);
    assert.deepEqual([report.verdict, report.baseline?.value, report.comparison?.margin], ["regression", 0, 0]);
  });

  it("27: both are 0: pass", async () => {
    await stack.write(uri, withValues(0, 0));
    await stack.write(modelUrl, other);
    const { code, reasons, report } = await stack.check();
    assert.equal(code, 0, reasons);
    assert.deepEqual([report.verdict, report.candidate?.value, report.comparison?.margin], ["pass", 0, 0]);
    await stack.write(modelUrl, model);
  });
});
