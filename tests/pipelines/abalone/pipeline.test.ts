import assert from "node:assert/strict";
import { codeAssets, renderDefinition } from "#language";
import { getPipeline } from "../../../pipelines/abalone/pipeline.ts";
import { pipelineNames } from "../../../pipelines/catalog.ts";
import { gateByNames } from "../../../pipelines/training-pipeline.ts";
import type { StepDefinition } from "../../../service-model/definition.ts";

const context = {
  region: "us-east-1",
  bucket: "bucket",
  prefix: "abalone",
  roleArn: "arn:aws:iam::123456789012:role/r",
  pipelineName: "abalone-dev",
  modelPackageGroupName: "abalone-dev",
};

/** Returns every S3 URI in a document, and every join as JSON. */
function addresses(value: unknown): readonly string[] {
  if (typeof value === "string") return value.startsWith("s3://") ? [value] : [];
  if (typeof value !== "object" || value === null) return [];
  if ("Std:Join" in value) return [JSON.stringify(value)];
  return Object.values(value).flatMap(addresses);
}

describe("the abalone pipeline", () => {
  const trained = getPipeline(context);
  const { pipeline } = trained;
  const gate = gateByNames(trained.gate);
  const steps = renderDefinition(pipeline).Steps;
  const step = (name: string) => steps.find(({ Name }) => Name === name) as StepDefinition;

  it("is the only pipeline in the catalog", () => {
    assert.deepEqual(pipelineNames(), ["abalone"]);
  });

  it("refers to its code by S3 URIs that contain the hash", () => {
    const assets = codeAssets(pipeline);
    assert.deepEqual(assets.map(({ s3Uri }) => s3Uri.replace(/[0-9a-f]{64}/, "SHA")).sort(), [
      "s3://bucket/abalone/code/SHA/evaluate.py",
      "s3://bucket/abalone/code/SHA/model_evaluation.zip",
      "s3://bucket/abalone/code/SHA/preprocess.py",
    ]);
    for (const { s3Uri, sha256 } of assets) {
      assert.ok(s3Uri.includes(sha256));
      assert.ok(JSON.stringify(steps).includes(s3Uri), `the definition reads ${s3Uri}`);
    }
  });

  it("writes every output below the execution's prefix, because the step cache ignores destinations", () => {
    const destinations = [
      ...["PreprocessAbaloneData", "EvaluateAbaloneModel"].flatMap((name) =>
        addresses(step(name).Arguments["ProcessingOutputConfig"]),
      ),
      ...addresses(step("TrainAbaloneModel").Arguments["OutputDataConfig"]),
    ];
    assert.equal(destinations.length, 5);
    for (const destination of destinations) assert.match(destination, /"Get":"Execution\.PipelineExecutionId"/);
    assert.equal(new Set(destinations).size, destinations.length, "each has its own");
  });

  it("reads only its code from fixed S3 URIs", () => {
    const inputs = steps.flatMap(({ Arguments }) => addresses(Arguments["ProcessingInputs"] ?? null));
    for (const input of inputs) assert.match(input, /^s3:\/\/bucket\/abalone\/code\/[0-9a-f]{64}\//);
  });

  it("trains with the template's hyperparameters as strings and with a fixed seed", () => {
    assert.deepEqual(step("TrainAbaloneModel").Arguments["HyperParameters"], {
      objective: "reg:squarederror",
      num_round: "50",
      max_depth: "5",
      eta: "0.2",
      gamma: "4",
      min_child_weight: "6",
      subsample: "0.7",
      seed: "42",
    });
  });

  it("registers models with the status PendingManualApproval", () => {
    const approval = renderDefinition(pipeline).Parameters.find(({ Name }) => Name === "ModelApprovalStatus");
    assert.deepEqual(approval?.EnumValues, ["PendingManualApproval"]);
    assert.equal(approval?.DefaultValue, "PendingManualApproval");
  });

  it("has a gate that names steps and parameters of the definition", () => {
    const parameters = pipeline.parameters.map(({ name }) => name);
    for (const name of [gate.ceilingParameter, gate.baselineParameter]) assert.ok(parameters.includes(name), name);
    const text = JSON.stringify(steps);
    for (const name of [gate.evaluation.step, gate.registerStep, gate.ceilingStep])
      assert.ok(text.includes(`"Name":"${name}"`), name);
    assert.equal(step(gate.evaluation.step).PropertyFiles?.[0]?.OutputName, gate.evaluation.output);
    assert.equal(step(gate.evaluation.step).PropertyFiles?.[0]?.FilePath, gate.evaluation.file);
  });
});
