import {
  type PipelineExecutionSummary,
  paginateListPipelineExecutions,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { pagesOf } from "../../aws/pages.ts";

/**
 * Lists the executions of a pipeline, newest first: all of them, or pages until there are enough.
 *
 * @throws ExitError (6) if the list has no end; otherwise the SDK's own errors
 */
export async function listExecutions(
  sagemaker: SageMakerClient,
  PipelineName: string,
  enough = Number.POSITIVE_INFINITY,
): Promise<readonly PipelineExecutionSummary[]> {
  const request = { PipelineName, SortBy: "CreationTime", SortOrder: "Descending", MaxResults: 100 } as const;
  const pages = paginateListPipelineExecutions({ client: sagemaker }, request);
  const executions: PipelineExecutionSummary[] = [];
  for await (const page of pagesOf(`Listing the executions of ${PipelineName}`, pages)) {
    executions.push(...(page.PipelineExecutionSummaries ?? []));
    if (executions.length >= enough) break;
  }
  return executions;
}
