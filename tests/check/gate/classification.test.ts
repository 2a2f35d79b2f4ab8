import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { DeleteObjectCommand } from "@aws-sdk/client-s3";
import { CreateModelPackageGroupCommand, ListPipelineExecutionsCommand } from "@aws-sdk/client-sagemaker";
import { codeAssets, definitionBody } from "#language";
import { judgeCandidate } from "../../../check/check-stack.ts";
import { type BaselineOption, parseBaseline } from "../../../check/execution/baseline-option.ts";
import type { CheckOptions } from "../../../check/gate/check-options.ts";
import { PendingReport } from "../../../check/report/reported.ts";
import { terminalReport } from "../../../check/report/terminal.ts";
import { gateByNames } from "../../../pipelines/training-pipeline.ts";
import { trainingPipelineProblem } from "../../../pipelines/training-pipeline-problem.ts";
import { selectGated } from "../../../scripts/stack/gated-pipelines.ts";
import { type StackOutputs, stackOutputsSchema, stackOutputsVersion } from "../../../stack-outputs.ts";
import { bucket, createPipeline, put, role } from "../../local/local-aws.ts";
import { useLocalAws } from "../../local/use-local-aws.ts";
import { getPipeline } from "./classification/pipeline.ts";

const name = "classification-test";
const rows = 400;

/** Checks a pipeline whose metric is accuracy. Each model is a threshold; 200 classifies every row correctly. */
describe("the gate of a classification pipeline", function () {
  this.timeout(60_000);
  const aws = useLocalAws();
  let outputs: StackOutputs;
  let TestUrl: string;
  let first: BaselineOption | undefined;
  const endpoint = process.env["AWS_ENDPOINT_URL"];

  before(async () => {
    process.env["AWS_ENDPOINT_URL"] = aws.url;
    await aws.sagemaker.send(new CreateModelPackageGroupCommand({ ModelPackageGroupName: name }));
    const location = { bucket, prefix: name };
    const context = {
      ...location,
      region: "us-east-1",
      roleArn: role,
      pipelineName: name,
      modelPackageGroupName: name,
    };
    const made = getPipeline(context);
    assert.equal(trainingPipelineProblem(made), undefined);
    for (const asset of codeAssets(made.pipeline))
      if (asset.kind === "file") await put(aws, asset.key, readFileSync(asset.localPath, "utf8"));
    await createPipeline(aws, name, JSON.parse(definitionBody(made.pipeline)));
    outputs = stackOutputsSchema.parse({
      ...{ version: stackOutputsVersion, account: "123456789012", region: "us-east-1", artifactBucket: bucket },
      ...{ ownsArtifactBucket: true, roleArn: role, forceDestroy: true, approveModels: true, inconclusive: "warn" },
      pipelines: {
        [name]: {
          ...{ name, arn: `arn:aws:sagemaker:us-east-1:123456789012:pipeline/${name}`, prefix: name },
          ...{ modelPackageGroup: name, ownsModelPackageGroup: true },
          gate: { ...gateByNames(made.gate), configured: ["absoluteTolerance"] },
        },
      },
    });
    TestUrl = await put(aws, "test/test.csv", testRows(rows));
  });
  after(async () => {
    if (endpoint === undefined) delete process.env["AWS_ENDPOINT_URL"];
    else process.env["AWS_ENDPOINT_URL"] = endpoint;
  });

  const testRows = (count: number) =>
    Array.from({ length: count }, (_, feature) => `${feature >= 200 ? 1 : 0},${feature}\n`).join("");

  let runs = 0;
  /** Checks the model with this threshold, which has its own S3 URI. */
  async function check(threshold: number, more: Partial<CheckOptions> = {}, parameters: Record<string, string> = {}) {
    const ModelUrl = await put(aws, `models/${threshold}/model.json`, String(threshold));
    const pipeline = selectGated(outputs, name);
    const signal = new AbortController().signal;
    runs += 1;
    // Each check has its own identity, so that none follows another's execution.
    const origin = { changed: false, ciRun: `${runs}/1` };
    const choice = { kind: "own" } as const;
    const options = { clients: aws, outputs, pipeline, timeout: 120_000, signal, print: () => {}, choice, origin };
    const given = { ...options, parameters: { ModelUrl, TestUrl, ...parameters }, ...more };
    return (await judgeCandidate(given, new PendingReport("never written"))).report;
  }

  it("passes the first model because it is above the floor", async () => {
    const report = await check(200);
    assert.equal(report.verdict, "pass");
    assert.equal(report.candidate?.value, 1);
    assert.equal(report.candidate?.action, "approved");
    assert.deepEqual([report.metric, report.direction, report.loss], ["accuracy", "higher", "zero_one_loss"]);
    first = parseBaseline(report.candidate.modelPackageArn);
    assert.deepEqual(report.thresholds?.absoluteTolerance, { value: 0.02, source: "configuration" });
  });

  it("reports an identical model as unchanged", async () => {
    assert.equal((await check(200)).verdict, "unchanged");
  });

  it("passes a model that is worse by less than the margin", async () => {
    const { verdict, comparison, candidate } = await check(206);
    assert.equal(verdict, "pass");
    assert.equal(comparison?.margin, 0.02);
    assert.ok(Math.abs((comparison?.mean ?? 0) - 6 / rows) < 1e-12, "the loss is higher where the accuracy is lower");
    assert.equal(candidate?.action, "approved");
  });

  it("rejects a model that is slightly worse than the latest approved one but clearly worse than the best", async () => {
    const report = await check(218);
    assert.equal(report.verdict, "regression");
    assert.match(report.reasons[0] ?? "", /^The difference in loss to the best approved model's 1 is \+0\.045 /);
    assert.match(report.reasons[1] ?? "", /drifted away from the best/);
    assert.match(report.reasons[2] ?? "", /baseline's 0\.985 .* too few rows to be sure/);
    assert.equal(report.best?.value, 1);
    assert.equal(report.bestComparison?.margin, 0.02);
    assert.equal(report.candidate?.action, "rejected");
  });

  it("passes the same model with a larger margin from a flag, and names the flag", async () => {
    const report = await check(218, {
      thresholds: { absoluteTolerance: 0.1 },
      outputs: { ...outputs, approveModels: false },
    });
    assert.equal(report.verdict, "pass");
    assert.match(
      terminalReport(report, false),
      /thresholds +floor 0\.8 from the pipeline, relative tolerance 0 from the pipeline, absolute tolerance 0\.1 from a flag/,
    );
  });

  it("compares with a given baseline", async () => {
    const report = await check(218, { baseline: first });
    assert.equal(report.baseline?.modelPackageArn, first);
    assert.equal(report.best, undefined, "it is the best one, too");
    assert.ok(report.reasons.some((reason) => reason.startsWith("The baseline was given with --baseline: ")));
  });

  it("lets the pipeline's own condition reject a model below the floor", async () => {
    const report = await check(300);
    assert.equal(report.verdict, "regression");
    assert.match(report.reasons[0] ?? "", /^The candidate's accuracy is 0\.75, below the floor of 0\.8\.$/);
    assert.equal(report.candidate?.modelPackageArn, undefined);
  });

  it("ends with exit code 5 if there are fewer test rows than the gate requires", async () => {
    const few = await put(aws, "few/test.csv", testRows(199));
    const { exitCode, reasons } = await check(200, { baseline: "none" }, { TestUrl: few });
    assert.equal(exitCode, 5);
    assert.match(reasons.join(), /test\.rows is 199: too few, the gate requires at least 200/);
  });

  it("ends with exit code 5 before it starts an execution if the baseline's model is gone", async () => {
    const list = async () =>
      (await aws.sagemaker.send(new ListPipelineExecutionsCommand({ PipelineName: name }))).PipelineExecutionSummaries;
    const before = await list();
    await aws.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: "models/206/model.json" }));
    const { exitCode, reasons } = await check(200);
    assert.equal(exitCode, 5);
    assert.match(reasons.join(), /gone/);
    assert.equal((await list())?.length, before?.length);
  });
});
