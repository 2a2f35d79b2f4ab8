import { createHash } from "node:crypto";
import { type StackOutputs, stackOutputsSchema, stackOutputsVersion } from "../../../stack-outputs.ts";

/** The ends of executions, each with its status and the exit code of the stack check. */
export const outcomes = {
  pass: { status: "Succeeded", code: 0 },
  regression: { status: "Succeeded", code: 1 },
  "over the ceiling": { status: "Failed", code: 1 },
  failed: { status: "Failed", code: 3 },
  stopped: { status: "Stopped", code: 3 },
  unreadable: { status: "Succeeded", code: 5 },
} as const;
export type Outcome = keyof typeof outcomes;

export const prefix = "arn:aws:sagemaker:us-east-1:123456789012";
export const playedArn = `${prefix}:pipeline/played`;
export const definition = '{"Version": "2020-12-01", "Steps": []}';
export const bucket = "played-artifacts";
const sha256 = (digit: string) => digit.repeat(64);
/** Returns the ARN of the model package that an execution registers. */
export const packageOf = (execution: string) => `${prefix}:model-package/played/${execution.split("/").at(-1)}`;
export const approvedPackage = `${prefix}:model-package/played/1`;
export const modelUrl = (number: number | string) => `s3://${bucket}/models/${number}/model.tar.gz`;

/** The stack of one pipeline, whose only approved model has an MSE of 5. */
export const playedOutputs: StackOutputs = stackOutputsSchema.parse({
  ...{ version: stackOutputsVersion, account: "123456789012", region: "us-east-1", artifactBucket: bucket },
  ...{ ownsArtifactBucket: true, roleArn: "arn:aws:iam::123456789012:role/r", forceDestroy: true },
  ...{ approveModels: true, inconclusive: "warn" },
  pipelines: {
    played: {
      ...{ name: "played", arn: `${prefix}:pipeline/played`, prefix: "played" },
      ...{ modelPackageGroup: "played", ownsModelPackageGroup: true },
      gate: {
        ...{ metric: "MSE", direction: "lower", loss: "squared_error", minimumRows: 100, configured: [] },
        evaluation: { step: "Evaluate", output: "evaluation", file: "e.json", value: "regression_metrics.mse.value" },
        ...{ registerStep: "Register", ceilingStep: "Refuse", ceiling: 6, tolerance: { relative: 0, absolute: 0.5 } },
        ...{ ceilingParameter: "Ceiling", baselineParameter: "BaselineModelUrl", bestParameter: "BestModelUrl" },
      },
    },
  },
});

function mse(value: number) {
  return { regression_metrics: { mse: { value } } };
}

/** The model of every execution, and its hash. */
export const candidateModel = "a model";
const candidateHash = createHash("sha256").update(candidateModel).digest("hex");

/** Returns the evaluation of the approved model, or of a candidate with an MSE on the same rows. */
export function evaluation(value: number, compares: boolean): string {
  const difference = value - 5;
  const comparison = { metric: "squared_error", mean_difference: difference };
  return JSON.stringify({
    ...{ schema_version: 1, ...mse(value), model: { sha256: compares ? candidateHash : sha256("b") } },
    test: { rows: 606, sha256: sha256("1"), split_rule: "rule/1" },
    ...(compares
      ? {
          baseline: { ...mse(5), model_url: modelUrl(1), sha256: sha256("b") },
          comparison: { ...comparison, lower_95: difference - 0.1, upper_95: difference + 0.1 },
        }
      : {}),
  });
}

export const candidates: Partial<Record<Outcome, string>> = {
  pass: evaluation(5.2, true),
  regression: evaluation(5.9, true),
  "over the ceiling": evaluation(9, true),
  unreadable: evaluation(5.2, true).replace("5.2", "null"),
};
