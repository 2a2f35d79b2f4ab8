import { ExitError, exitCode } from "../../exit-code.ts";
import type { PipelineContext } from "../../pipelines/training-pipeline.ts";
import { oneLine } from "../../service-model/one-line.ts";

type Environment = Readonly<Record<string, string | undefined>>;

const exampleAccount = "111122223333";

/** The pattern of each variable, and the fix for a value that does not match. */
const variables = {
  AWS_REGION: [/^[a-z]{2,4}(-[a-z]+)+-\d+$/, "give a region such as us-east-1"],
  // Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
  ARTIFACT_BUCKET: [
    /^(arn:aws[\w-]*:s3:::)?(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
    "give the name or the ARN of a bucket",
  ],
  SAGEMAKER_PIPELINE_ROLE_ARN: [
    /^arn:aws[\w-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/,
    "give an ARN such as arn:aws:iam::ACCOUNT:role/NAME",
  ],
} as const satisfies Readonly<Record<string, readonly [RegExp, string]>>;

/** Returns a line for each variable that has an invalid value. */
function problems(environment: Environment): readonly string[] {
  return Object.entries(variables).flatMap(([name, [pattern, fix]]) => {
    const value = environment[name] ?? "";
    return value === "" || pattern.test(value) ? [] : [`${name}: got ${oneLine(JSON.stringify(value))}; ${fix}`];
  });
}

/**
 * Returns the context of a definition without a stack, from the original template's variables. Variables that are not set
 * get the values of an example account.
 *
 * @param folder the pipeline's folder; its name replaces the names that a stack would choose
 * @throws ExitError (2) with a line for each variable that has an invalid value
 */
export function environmentContext(folder: string, environment: Environment): PipelineContext {
  const wrong = problems(environment);
  if (wrong.length > 0) throw new ExitError(exitCode.usage, wrong.join("\n"));
  const region = environment["AWS_REGION"] || "us-east-1";
  return {
    region,
    bucket: environment["ARTIFACT_BUCKET"]?.replace(/^arn:[^:]+:s3:::/, "") || `training-${exampleAccount}-${region}`,
    prefix: folder,
    roleArn: environment["SAGEMAKER_PIPELINE_ROLE_ARN"] || `arn:aws:iam::${exampleAccount}:role/training-execution`,
    pipelineName: folder,
    modelPackageGroupName: folder,
  };
}
