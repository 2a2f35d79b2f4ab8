import type { Json } from "../../pipelines/sagemaker/definition.ts";
import { pipelineCaller } from "../authorization/step-calls.ts";
import { readObject } from "../runtime/s3-transfer.ts";
import type { ExecutionRecord } from "../state/execution-record.ts";
import type { Scope } from "./expression.ts";
import type { GraphNode } from "./graph.ts";
import type { Services } from "./services.ts";

/** What the expressions of an execution's steps can see now. */
export function scopeOf(execution: ExecutionRecord, graph: readonly GraphNode[], services: Services): Scope {
  const steps: { [name: string]: Json } = {};
  for (const step of execution.steps) {
    if (step.status === "Succeeded") steps[step.name] = step.properties ?? {};
  }
  return {
    parameters: execution.parameters,
    execution: {
      PipelineName: execution.pipelineName,
      PipelineArn: execution.pipelineArn,
      PipelineExecutionId: execution.id,
      PipelineExecutionArn: execution.arn,
      StartDateTime: dateTime(execution.createdTime),
      CurrentDateTime: dateTime(services.now()),
    },
    steps,
    propertyFiles: Object.fromEntries(graph.map(({ step }) => [step.Name, step.PropertyFiles ?? []])),
    readObject: (uri) => readAsPipeline(uri, execution, services),
  };
}

/** The text of an object, read by the role of the pipeline. */
async function readAsPipeline(uri: string, execution: ExecutionRecord, { runtime }: Services): Promise<string> {
  const session = runtime.sessions.open(pipelineCaller(execution), execution.region);
  try {
    return await readObject(session.s3, uri);
  } finally {
    session.close();
  }
}

function dateTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
