import { DescribeModelPackageCommand } from "@aws-sdk/client-sagemaker";
import type { DeployedPipeline } from "../../stack-outputs.ts";
import { ExitError, exitCode } from "../command/exit-code.ts";
import type { AwsClients } from "../execution/aws-clients.ts";
import { aws } from "../execution/aws-error.ts";
import type { ExecutionNote } from "../execution/execution-note.ts";
import type { Baseline } from "./baseline.ts";

/**
 * The model that an execution compares with, by what the check that started it has noted: a model that was approved since,
 * such as this execution's own, changes nothing about what it compared.
 *
 * @throws ExitError (5) if the model package is gone or names no model, (6) if AWS cannot be asked
 */
export async function notedBaseline(
  { sagemaker }: AwsClients,
  { baselineParameter }: DeployedPipeline["gate"],
  { models = {} }: Pick<ExecutionNote, "models">,
): Promise<Baseline | undefined> {
  const arn = models[baselineParameter];
  if (arn === undefined) return undefined;
  const described = await aws(`Reading ${arn}`, () =>
    sagemaker.send(new DescribeModelPackageCommand({ ModelPackageName: arn })),
  );
  const modelUrl = described.InferenceSpecification?.Containers?.[0]?.ModelDataUrl;
  if (modelUrl === undefined)
    throw new ExitError(exitCode.evaluation, `The execution's baseline ${arn} names no model data: start a new one.`);
  return { modelPackageArn: arn, modelUrl };
}
