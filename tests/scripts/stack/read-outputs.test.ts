import assert from "node:assert/strict";
import { ExitError } from "../../../exit-code.ts";
import { parseOutputs, readOutputs, selectPipeline } from "../../../scripts/stack/read-outputs.ts";

const gate = {
  metric: "MSE",
  direction: "lower",
  evaluation: { step: "E", output: "o", file: "f.json", value: "m.value" },
  loss: "squared_error",
  minimumRows: 2,
  registerStep: "R",
  ceilingStep: "C",
  ceiling: 6,
  ceilingParameter: "Ceiling",
  baselineParameter: "Baseline",
  bestParameter: "Best",
  tolerance: { relative: 0.02, absolute: 0 },
  configured: ["ceiling"],
};
const pipeline = {
  name: "p",
  arn: "arn:aws:sagemaker:r:1:pipeline/p",
  modelPackageGroup: "g",
  ownsModelPackageGroup: true,
  prefix: "p",
  gate,
};
const outputs = {
  version: 2,
  account: "123456789012",
  region: "us-east-1",
  artifactBucket: "bucket",
  ownsArtifactBucket: true,
  forceDestroy: false,
  roleArn: "arn:aws:iam::123456789012:role/r",
  approveModels: false,
  inconclusive: "warn",
  pipelines: { crickets: pipeline },
};

function usage(message: RegExp) {
  return (error: unknown) => error instanceof ExitError && error.code === 2 && message.test(error.message);
}

describe("a stack's outputs", () => {
  it("are parsed", () => {
    assert.deepEqual(parseOutputs(JSON.stringify(outputs)), outputs);
  });

  const wrong: readonly (readonly [string, string, RegExp])[] = [
    ["an empty file", "", /not JSON/],
    ["a text of several lines", "error: no\nstack\nselected", /are not JSON: .*error: no\\u\{a\}/],
    ["binary data", "\u0000\u001b[31m\u0007", /are not JSON: [^\p{Cc}]*$/u],
    ["empty, as for a stack that was never deployed", "{}", /version: .*run pulumi up/],
    ["outputs of another version", JSON.stringify({ ...outputs, version: 1 }), /version/],
    [
      "those of a half deployed stack",
      JSON.stringify({ ...outputs, pipelines: { crickets: { name: "p" } } }),
      /pipelines\.crickets/,
    ],
    ["an invalid account", JSON.stringify({ ...outputs, account: "1" }), /account/],
  ];
  for (const [what, text, message] of wrong)
    it(`are rejected with exit code 2: ${what}`, () => {
      assert.throws(() => parseOutputs(text), usage(message));
      assert.throws(() => parseOutputs(text), usage(/^.*$/));
    });

  it("require an existing file", async () => {
    await assert.rejects(readOutputs({ outputs: "/nonexistent/outputs.json" }), usage(/--outputs .*ENOENT/));
  });

  it("are rejected if both a stack and a file are given", async () => {
    await assert.rejects(
      readOutputs({ stack: "a", outputs: "b.json" }),
      usage(/^--stack and --outputs are both given/),
    );
  });

  it("require the pulumi CLI if no file is given", async () => {
    const path = process.env["PATH"];
    process.env["PATH"] = "/nonexistent";
    try {
      await assert.rejects(readOutputs({ stack: "dev" }), usage(/the pulumi CLI is not installed.*--outputs FILE/));
    } finally {
      process.env["PATH"] = path;
    }
  });

  it("select the only pipeline, and require a name if there are several", () => {
    const several = { ...outputs, pipelines: { crickets: pipeline, oyster: { ...pipeline, name: "q" } } };
    assert.equal(selectPipeline(parseOutputs(JSON.stringify(outputs)), undefined).name, "p");
    assert.equal(selectPipeline(parseOutputs(JSON.stringify(several)), "oyster").name, "q");
    assert.throws(() => selectPipeline(parseOutputs(JSON.stringify(several)), undefined), usage(/crickets, oyster/));
    assert.throws(() => selectPipeline(parseOutputs(JSON.stringify(outputs)), "clam"), usage(/no pipeline "clam"/));
    assert.throws(
      () => selectPipeline({ ...parseOutputs(JSON.stringify(outputs)), pipelines: {} }, undefined),
      usage(/up\.$/),
    );
    for (const every of ["constructor", "__proto__", "toString"])
      assert.throws(
        () => selectPipeline(parseOutputs(JSON.stringify(outputs)), every),
        usage(new RegExp(`no pipeline "${every}"; give --pipeline with one of: crickets`)),
      );
  });
});
