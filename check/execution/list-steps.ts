import {
  type PipelineExecutionStep,
  paginateListPipelineExecutionSteps,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { pagesOf } from "../../aws/pages.ts";

/** Returns the ARNs of the model packages that these steps registered. */
export function registeredPackages(steps: readonly PipelineExecutionStep[]): readonly string[] {
  return steps.flatMap(({ Metadata }) => Metadata?.RegisterModel?.Arn ?? []);
}

/**
 * Lists all started steps of an execution, in the order of their start.
 *
 * @throws ExitError (6) if the list has no end; otherwise the SDK's own errors
 */
export async function listSteps(
  sagemaker: SageMakerClient,
  arn: string,
  signal?: AbortSignal,
): Promise<readonly PipelineExecutionStep[]> {
  const request = { PipelineExecutionArn: arn, SortOrder: "Ascending", MaxResults: 100 } as const;
  const steps: PipelineExecutionStep[] = [];
  const pages = paginateListPipelineExecutionSteps({ client: sagemaker }, request, { abortSignal: signal });
  for await (const page of pagesOf(`Listing the steps of ${arn}`, pages))
    steps.push(...(page.PipelineExecutionSteps ?? []));
  return steps;
}
