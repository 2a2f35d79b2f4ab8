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

/** Every string of a document that is an S3 URI, and every join as JSON. */
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

  it("is the only one in the catalog: the language is no pipeline", () => {
    assert.deepEqual(pipelineNames(), ["abalone"]);
  });

  it("names its code by content", () => {
    const assets = codeAssets(pipeline);
    assert.deepEqual(assets.map(({ s3Uri }) => s3Uri.replace(/[0-9a-f]{64}/, "SHA")).sort(), [
      "s3://bucket/abalone/code/SHA/evaluate.py",
      "s3://bucket/abalone/code/SHA/preprocess.py",
    ]);
    for (const { s3Uri, sha256 } of assets) {
      assert.ok(s3Uri.includes(sha256));
      assert.ok(JSON.stringify(steps).includes(s3Uri), `${s3Uri} is what the definition reads`);
    }
  });

  it("writes every output below the execution's own prefix, as caching does not look at destinations", () => {
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

  it("reads nothing from a fixed address but its code", () => {
    const inputs = steps.flatMap(({ Arguments }) => addresses(Arguments["ProcessingInputs"] ?? null));
    for (const input of inputs) assert.match(input, /^s3:\/\/bucket\/abalone\/code\/[0-9a-f]{64}\//);
  });

  it("trains with the hyperparameters of the template, all as strings, and a fixed seed", () => {
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

  it("lets no execution approve its own model", () => {
    const approval = renderDefinition(pipeline).Parameters.find(({ Name }) => Name === "ModelApprovalStatus");
    assert.deepEqual(approval?.EnumValues, ["PendingManualApproval"]);
    assert.equal(approval?.DefaultValue, "PendingManualApproval");
  });

  it("has a gate whose names are those of the definition", () => {
    const parameters = pipeline.parameters.map(({ name }) => name);
    for (const name of [gate.ceilingParameter, gate.baselineParameter]) assert.ok(parameters.includes(name), name);
    const text = JSON.stringify(steps);
    for (const name of [gate.evaluation.step, gate.registerStep, gate.ceilingStep])
      assert.ok(text.includes(`"Name":"${name}"`), name);
    assert.equal(step(gate.evaluation.step).PropertyFiles?.[0]?.OutputName, gate.evaluation.output);
    assert.equal(step(gate.evaluation.step).PropertyFiles?.[0]?.FilePath, gate.evaluation.file);
  });
});
