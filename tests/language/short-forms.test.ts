import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  clarifyAnalysisCheckStep,
  codeAssets,
  dataQualityCheckStep,
  forEachStep,
  lambdaStep,
  monitoredTransform,
  notebookJobStep,
  type Parameter,
  pipeline,
  registerModelVersionStep,
  renderDefinition,
  type Step,
  scriptProcessingStep,
  stringParameter,
} from "#language";
import type { StepDefinition } from "../../service-model/definition.ts";

const context = { bucket: "b", prefix: "p", roleArn: "arn:aws:iam::111122223333:role/r" };
const text = stringParameter("Text", { default: "t" });

/** Returns the last of these steps as it is rendered in the definition. */
function rendered(...steps: readonly Step[]): StepDefinition {
  return renderDefinition(pipeline("P", { parameters: [text as Parameter], steps })).Steps.at(-1) as StepDefinition;
}

describe("short forms", () => {
  let folder: string;
  const file = (name: string, content = name) => {
    writeFileSync(join(folder, name), content);
    return pathToFileURL(join(folder, name));
  };
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "short-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  it("declares a notebook job whose files are in one S3 prefix with their hash", () => {
    const step = notebookJobStep("Notebook", {
      ...{ context, region: "eu-west-1", image: "i", kernel: "python3" },
      notebook: file("job.ipynb"),
      initializationScript: file("init.sh"),
      dependencies: [file("data.csv")],
      parameters: { alpha: text },
      request: { Tags: [{ Key: "team", Value: "ml" }], ResourceConfig: { VolumeKmsKeyId: "k" } },
    });
    const { Arguments } = rendered(step);
    const assets = codeAssets(pipeline("P", { steps: [step] }));
    const prefix = assets[0]?.s3Uri.replace(/\/job\.ipynb$/, "");
    assert.match(prefix ?? "", /^s3:\/\/b\/p\/code\/[0-9a-f]{64}$/);
    assert.deepEqual(
      assets.map(({ s3Uri }) => s3Uri),
      [`${prefix}/job.ipynb`, `${prefix}/init.sh`, `${prefix}/data.csv`],
    );
    assert.deepEqual(Arguments["InputDataConfig"], [
      {
        ChannelName: "sagemaker_headless_execution_pipelinestep",
        DataSource: {
          S3DataSource: { S3DataType: "S3Prefix", S3Uri: prefix, S3DataDistributionType: "FullyReplicated" },
        },
      },
    ]);
    assert.deepEqual(Arguments["HyperParameters"], { alpha: { Get: "Parameters.Text" } });
    assert.deepEqual(Arguments["ResourceConfig"], {
      ...{ VolumeSizeInGB: 30, InstanceCount: 1, InstanceType: "ml.m5.large" },
      VolumeKmsKeyId: "k",
    });
    assert.deepEqual(
      (Arguments["Tags"] as { Key: string }[]).map(({ Key }) => Key),
      [
        "team",
        "sagemaker:name",
        "sagemaker:notebook-name",
        "sagemaker:notebook-job-origin",
        "sagemaker:is-studio-archived",
      ],
    );
    const { SM_INPUT_NOTEBOOK_NAME, SM_INIT_SCRIPT, SM_KERNEL_NAME } = Arguments["Environment"] as Record<
      string,
      string
    >;
    assert.deepEqual([SM_INPUT_NOTEBOOK_NAME, SM_INIT_SCRIPT, SM_KERNEL_NAME], ["job.ipynb", "init.sh", "python3"]);
  });

  const job = {
    ...{ context, image: "monitor", dataset: "s3://b/d.csv", outputUri: "s3://b/o" },
    instances: { type: "ml.m5.large" },
  } as const;

  for (const [when, order] of [
    ["before", ["M-monitoring", "M-transform"]],
    ["after", ["M-transform", "M-monitoring"]],
  ] as const)
    it(`declares a check of the data ${when} a batch transform`, () => {
      const { steps } = monitoredTransform("M", {
        ...{ when, displayName: "Shown", description: "d" },
        transform: {
          ModelName: "m",
          TransformInput: { DataSource: { S3DataSource: { S3DataType: "S3Prefix", S3Uri: "s3://b/d.csv" } } },
          TransformOutput: { S3OutputPath: "s3://b/t" },
          TransformResources: { InstanceType: "ml.m5.large", InstanceCount: 1 },
        },
        check: (name) => dataQualityCheckStep(name, { job, format: { csv: { header: true } } }),
      });
      const { Steps } = renderDefinition(pipeline("P", { steps }));
      assert.deepEqual(
        Steps.map(({ Name }) => Name),
        ["M-transform", "M-monitoring"],
      );
      const [first, second] = order;
      assert.deepEqual(Steps.find(({ Name }) => Name === second)?.DependsOn, [first]);
      assert.equal(Steps.find(({ Name }) => Name === first)?.DependsOn, undefined);
      assert.equal(Steps[0]?.DisplayName, "Shown-transform");
    });

  it("uploads Clarify's configuration to a key with its hash, or uses a configuration that is on S3", () => {
    const analysis = { dataset_type: "text/csv", label: "y" };
    const step = clarifyAnalysisCheckStep("Bias", { job, checkType: "DATA_BIAS", analysis });
    const [asset] = step.assets ?? [];
    assert.deepEqual(JSON.parse(asset?.kind === "text" ? asset.text : ""), analysis);
    const inputs = (of: Step) => rendered(of).Arguments["ProcessingInputs"] as { S3Input: { S3Uri: unknown } }[];
    assert.equal(inputs(step)[0]?.S3Input.S3Uri, asset?.s3Uri);
    const there = clarifyAnalysisCheckStep("Bias", { job, checkType: "MODEL_BIAS", modelName: text, analysis: text });
    assert.deepEqual(inputs(there)[0]?.S3Input.S3Uri, { Get: "Parameters.Text" });
    assert.deepEqual(there.assets, undefined);
  });

  it("merges the structures of a request override, and replaces lists", () => {
    const step = scriptProcessingStep("S", {
      ...{ context, image: "i", script: file("a.py"), instances: { type: "ml.m5.large" } },
      request: {
        ProcessingResources: {
          ClusterConfig: { InstanceType: "ml.m5.xlarge", InstanceCount: 2, VolumeSizeInGB: 5, VolumeKmsKeyId: "k" },
        },
        AppSpecification: { ContainerEntrypoint: ["own"] },
        NetworkConfig: { EnableNetworkIsolation: true },
      },
    });
    const { Arguments } = rendered(step);
    assert.deepEqual(Arguments["AppSpecification"], { ImageUri: "i", ContainerEntrypoint: ["own"] });
    assert.deepEqual(Arguments["NetworkConfig"], { EnableNetworkIsolation: true });
  });

  it("registers a model with its environment, and with its metrics under the model registry's names", () => {
    const { Arguments } = rendered(
      registerModelVersionStep("R", {
        ...{ group: "g", approvalStatus: "PendingManualApproval", image: "i", model: "s3://b/m" },
        ...{ environment: { A: text }, contentTypes: ["text/csv"], responseTypes: ["text/csv"] },
        metrics: {
          bias: {
            preTrainingReport: { s3Uri: text, contentType: "text/plain", contentDigest: `sha256:${"0".repeat(64)}` },
          },
        },
        driftBaselines: { explainability: { configFile: "s3://b/c" } },
      }),
    );
    assert.deepEqual(Arguments["ModelMetrics"], {
      Bias: {
        PreTrainingReport: {
          ContentType: "text/plain",
          S3Uri: { Get: "Parameters.Text" },
          ContentDigest: `sha256:${"0".repeat(64)}`,
        },
      },
    });
    assert.deepEqual(Arguments["DriftCheckBaselines"], {
      Explainability: { ConfigFile: { ContentType: "application/json", S3Uri: "s3://b/c" } },
    });
    assert.deepEqual(Arguments["InferenceSpecification"], {
      Containers: [{ Image: "i", Environment: { A: { Get: "Parameters.Text" } }, ModelDataUrl: "s3://b/m" }],
      SupportedContentTypes: ["text/csv"],
      SupportedResponseMIMETypes: ["text/csv"],
    });
  });

  it("throws an error for an unknown body step, and for a selected iteration without a selector", () => {
    const fan = forEachStep("Fan", {
      items: text,
      maxConcurrency: 1,
      body: () => ({ work: lambdaStep("Work", { functionArn: "f", outputs: { o: "Float" } }) }),
    });
    assert.throws(() => fan.selected, /^Error: step Fan has no selected iteration; give it a selector$/);
    const wrong = fan.iteration(0) as unknown as Record<string, unknown>;
    assert.throws(() => wrong["other"], /^Error: step Fan, body: other does not exist; use one of: work$/);
  });
});
