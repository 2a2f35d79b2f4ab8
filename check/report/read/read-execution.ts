import {
  DescribePipelineDefinitionForExecutionCommand,
  DescribePipelineExecutionCommand,
  type PipelineExecutionStep,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { renderPipeline } from "../../../language/pipeline/render-pipeline.ts";
import { readDefinition } from "../../../language/read/read-definition.ts";
import { defined } from "../../../service-model/defined.ts";
import { stepGraph } from "../../../service-model/step-graph.ts";
import { busyTime } from "../../execution/busy-time.ts";
import { isUnfinished } from "../../execution/known-executions.ts";
import type { Report, StepReport } from "../content/report.ts";

type ExecutionReport = NonNullable<Report["execution"]>;

function seconds(start: Date | undefined, end: Date | undefined): { readonly seconds?: number } {
  return start === undefined || end === undefined
    ? {}
    : { seconds: Math.max(0, end.getTime() - start.getTime()) / 1000 };
}

/** Converts a step to its form in the report. */
export function stepReport(step: PipelineExecutionStep): StepReport {
  const { StepName: name = "", StepStatus: status = "", FailureReason: failureReason, Metadata: metadata } = step;
  const outcome = metadata?.Condition?.Outcome?.toLowerCase();
  return {
    name,
    status,
    cached: step.CacheHitResult !== undefined,
    ...(step.SelectiveExecutionResult === undefined ? {} : { earlier: true }),
    ...seconds(step.StartTime, step.EndTime),
    ...defined({ outcome, failureReason }),
  };
}

/** Returns the steps and the duration of an execution. A running execution has no duration yet. */
export function stepsPart(
  steps: readonly PipelineExecutionStep[],
  status = "unknown",
): Pick<ExecutionReport, "seconds" | "steps"> {
  const took = isUnfinished({ status }) ? {} : { seconds: busyTime(steps, Date.now()) / 1000 };
  return { ...took, steps: steps.map(stepReport) };
}

/** Reads the status of an execution. */
export async function readStatus(sagemaker: SageMakerClient, arn: string): Promise<ExecutionReport> {
  const state = await sagemaker.send(new DescribePipelineExecutionCommand({ PipelineExecutionArn: arn }));
  const { PipelineExecutionStatus: status } = state;
  return { arn, ...defined({ status }) };
}

const edgeLabels = { if: "true", else: "false", body: "each item", data: undefined, order: undefined } as const;

/** Returns the graph of a definition: which step depends on which, each pair once. */
export function definitionGraph(definition: string): NonNullable<Report["graph"]> {
  const { steps, edges } = stepGraph(renderPipeline(readDefinition(definition, { name: "the execution's pipeline" })));
  const pairs = new Map<string, NonNullable<Report["graph"]>["edges"][number]>();
  for (const { from, to, kind } of edges) {
    const label = edgeLabels[kind];
    const pair = JSON.stringify([from, to]);
    if (label !== undefined || !pairs.has(pair)) pairs.set(pair, { from, to, ...defined({ label }) });
  }
  return { steps: steps.map(({ step: { Name: name, Type: type } }) => ({ name, type })), edges: [...pairs.values()] };
}

/** Reads the graph of an execution's definition, which may be older than the pipeline's. */
export async function readGraph(sagemaker: SageMakerClient, arn: string): Promise<NonNullable<Report["graph"]>> {
  const request = new DescribePipelineDefinitionForExecutionCommand({ PipelineExecutionArn: arn });
  return definitionGraph((await sagemaker.send(request)).PipelineDefinition ?? "");
}
