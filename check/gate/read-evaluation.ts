import { DescribeProcessingJobCommand } from "@aws-sdk/client-sagemaker";
import { lastPart } from "../../aws/arn.ts";
import type { AwsClients } from "../../aws/clients.ts";
import { aws } from "../../aws/error.ts";
import { ExitError, exitCode } from "../../exit-code.ts";
import { isNotFound } from "../../service-model/not-found.ts";
import type { GateOutputs } from "../../stack-outputs.ts";
import type { EndedExecution } from "../execution/follow-execution.ts";
import { readText } from "./s3-object.ts";

async function outputUri({ sagemaker }: AwsClients, execution: EndedExecution, gate: GateOutputs) {
  const { step: name, output: outputName } = gate.evaluation;
  const step = execution.steps.find(({ StepName }) => StepName === name);
  const jobArn = step?.Metadata?.ProcessingJob?.Arn;
  if (jobArn === undefined)
    throw new ExitError(
      exitCode.evaluation,
      `The step ${name} of the execution has no job, so there is no evaluation.`,
    );
  const job = await aws(`Reading the job of ${name}`, () =>
    sagemaker
      .send(new DescribeProcessingJobCommand({ ProcessingJobName: lastPart(jobArn) }))
      .catch((error: unknown) => {
        if (!isNotFound(error)) throw error;
        throw new ExitError(
          exitCode.evaluation,
          `The job of the step ${name} is gone, and so is its evaluation: ${jobArn}.`,
        );
      }),
  );
  const output = job.ProcessingOutputConfig?.Outputs?.find(({ OutputName }) => OutputName === outputName);
  const uri = output?.S3Output?.S3Uri;
  if (uri === undefined)
    throw new ExitError(exitCode.evaluation, `The job of the step ${name} has no output ${outputName} on S3.`);
  return uri;
}

/**
 * Reads the text and the URI of the evaluation that an execution wrote or took from the step cache.
 *
 * @throws ExitError (5) if there is none, (6) if an AWS call fails
 */
export async function readEvaluation(
  clients: AwsClients,
  execution: EndedExecution,
  gate: GateOutputs,
): Promise<{ readonly uri: string; readonly text: string }> {
  const folder = await outputUri(clients, execution, gate);
  const uri = `${folder.replace(/\/$/, "")}/${gate.evaluation.file}`;
  const text = await readText(clients.s3, uri);
  if (text === undefined)
    throw new ExitError(exitCode.evaluation, `There is no evaluation at ${uri}: check that the script writes it.`);
  return { uri, text };
}
