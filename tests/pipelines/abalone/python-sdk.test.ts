import {
  algorithmTrainingStep,
  conditionStep,
  type Expression,
  execution,
  integerParameter,
  join,
  jsonGet,
  lessThanOrEqualTo,
  pipeline,
  registerModelVersionStep,
  scriptProcessingStep,
  sklearnImageUri,
  stringParameter,
  type Value,
  xgboostImageUri,
} from "#language";
import { bucket, itRebuilds, role } from "../../language/definitions/python-sdk.ts";

const name = "AbalonePipeline";
const region = "us-east-1";
const context = { roleArn: role, bucket, prefix: name };

/** Returns the S3 URI that the SDK chooses for an output without a destination. */
const output = (step: string, folder: string) =>
  join("/", ["s3:/", bucket, name, execution.id, step, "output", folder]);

/** The differences between the definitions of the two SDK versions. */
interface Variant {
  readonly sklearn: string;
  readonly xgboost: string;
  readonly preprocessScript: URL;
  readonly evaluateScript: URL;
  readonly evaluationUri: Value<string>;
  /** Returns the S3 URI of the evaluation, given the URI of its output. */
  readonly statistics: (evaluation: Expression<string>) => Value<string>;
  /** The other members of the registered model's container, beside its image and artifact. */
  readonly container: { readonly Environment?: Readonly<Record<string, string>> };
}

function abalone(variant: Variant) {
  const processingInstanceType = stringParameter("ProcessingInstanceType", { default: "ml.m5.xlarge" });
  const processingInstanceCount = integerParameter("ProcessingInstanceCount", { default: 1 });
  const trainingInstanceType = stringParameter("TrainingInstanceType", { default: "ml.m5.xlarge" });
  const modelApprovalStatus = stringParameter("ModelApprovalStatus", { default: "PendingManualApproval" });
  const inputDataUrl = stringParameter("InputDataUrl", {
    default: "s3://sagemaker-servicecatalog-seedcode-us-east-1/dataset/abalone-dataset.csv",
  });
  const xgboost = xgboostImageUri(variant.xgboost, region);

  const preprocess = scriptProcessingStep("PreprocessAbaloneData", {
    context,
    image: sklearnImageUri(variant.sklearn, region),
    script: variant.preprocessScript,
    instances: { type: processingInstanceType, count: processingInstanceCount },
    arguments: ["--input-data", inputDataUrl],
    outputs: {
      train: { s3Uri: output("PreprocessAbaloneData", "train") },
      validation: { s3Uri: output("PreprocessAbaloneData", "validation") },
      test: { s3Uri: output("PreprocessAbaloneData", "test") },
    },
  });

  const modelUri = `s3://${bucket}/Abalone/AbaloneTrain`;
  const train = algorithmTrainingStep("TrainAbaloneModel", {
    context,
    image: xgboost,
    instances: { type: trainingInstanceType },
    outputUri: modelUri,
    hyperparameters: {
      objective: "reg:linear",
      num_round: 50,
      max_depth: 5,
      eta: 0.2,
      gamma: 4,
      min_child_weight: 6,
      subsample: 0.7,
      silent: 0,
    },
    channels: { train: preprocess.outputs.train, validation: preprocess.outputs.validation },
    contentType: "text/csv",
    request: {
      DebugHookConfig: { S3OutputPath: modelUri, CollectionConfigurations: [] },
      ProfilerConfig: { S3OutputPath: modelUri, DisableProfiler: false },
    },
  });
  const model = train.properties.ModelArtifacts.S3ModelArtifacts;

  const evaluate = scriptProcessingStep("EvaluateAbaloneModel", {
    context,
    image: xgboost,
    script: variant.evaluateScript,
    instances: { type: processingInstanceType },
    inputs: {
      "input-1": { s3Uri: model, localPath: "/opt/ml/processing/model" },
      "input-2": { s3Uri: preprocess.outputs.test, localPath: "/opt/ml/processing/test" },
    },
    outputs: { evaluation: { s3Uri: variant.evaluationUri } },
    propertyFiles: { AbaloneEvaluationReport: { output: "evaluation", path: "evaluation.json" } },
  });

  const register = registerModelVersionStep("RegisterAbaloneModel-RegisterModel", {
    group: "AbalonePackageGroup",
    approvalStatus: modelApprovalStatus,
    containers: [{ Image: xgboost, ...variant.container, ModelDataUrl: model }],
    contentTypes: ["text/csv"],
    responseTypes: ["text/csv"],
    realtimeInstanceTypes: ["ml.t2.medium", "ml.m5.large"],
    transformInstanceTypes: ["ml.m5.large"],
    // The SDK writes these two groups even if they are empty.
    metrics: {
      modelQuality: { statistics: variant.statistics(evaluate.outputs.evaluation) },
      bias: {},
      explainability: {},
    },
    request: { SkipModelValidation: "None" },
  });

  const mse = jsonGet(evaluate.propertyFiles.AbaloneEvaluationReport, "regression_metrics.mse.value");
  const check = conditionStep("CheckMSEAbaloneEvaluation", {
    conditions: [lessThanOrEqualTo(mse, 6.0)],
    ifSteps: [register],
  });

  return pipeline(name, {
    parameters: [
      processingInstanceType,
      processingInstanceCount,
      trainingInstanceType,
      modelApprovalStatus,
      inputDataUrl,
    ],
    steps: [preprocess, train, evaluate, check],
  });
}

describe("definitions of the SageMaker Python SDK: abalone", () => {
  itRebuilds("abalone-legacy", () => {
    // The older SDK puts the job's name with a timestamp into the URIs of the code and the evaluation.
    const job = (base: string) => `s3://${bucket}/Abalone/${base}-2020-12-01-00-00-00-000`;
    const evaluation = `${job("script-abalone-eval")}/output/evaluation`;
    return abalone({
      sklearn: "0.23-1",
      xgboost: "1.0-1",
      preprocessScript: new URL(`${job("sklearn-abalone-preprocess")}/input/code/preprocess.py`),
      evaluateScript: new URL(`${job("script-abalone-eval")}/input/code/evaluate.py`),
      evaluationUri: evaluation,
      statistics: () => `${evaluation}/evaluation.json`,
      container: {},
    });
  });

  itRebuilds("abalone-modern", () =>
    abalone({
      sklearn: "1.2-1",
      xgboost: "1.7-1",
      preprocessScript: new URL("../../language/definitions/code/preprocess.py", import.meta.url),
      evaluateScript: new URL("../../language/definitions/code/evaluate.py", import.meta.url),
      evaluationUri: output("EvaluateAbaloneModel", "evaluation"),
      statistics: (uri) => join("/", [uri, "evaluation.json"]),
      container: { Environment: {} },
    }),
  );
});
