import type { Json, StepDefinition } from "../../service-model/definition.ts";
import { pipelineCaller } from "../iam/step-calls.ts";
import { objectText } from "../jobs/transfer/s3-transfer.ts";
import type { ExecutionRecord } from "../state/execution-record.ts";
import type { ExpressionScope } from "./expressions/expression.ts";
import { graphOf } from "./graph.ts";
import type { Services } from "./steps/services.ts";

/**
 * Returns the values that expressions in an execution can refer to. Values of steps and times are read on every use.
 */
export function scopeOf(execution: ExecutionRecord, services: Services): ExpressionScope {
  const { executions } = services.store;
  let defined: ReadonlyMap<string, StepDefinition> | undefined;
  const variables: { readonly [name: string]: Json } = {
    PipelineName: execution.pipelineName,
    PipelineArn: execution.pipelineArn,
    PipelineExecutionId: execution.id,
    PipelineExecutionArn: execution.arn,
    StartDateTime: dateTime(execution.createdTime),
  };
  return {
    parameters: execution.parameters,
    execution: (name) => (name === "CurrentDateTime" ? dateTime(services.now()) : variables[name]),
    step: (name) => {
      const step = executions.step(execution.arn, name);
      return step?.status === "Succeeded" ? (step.properties ?? {}) : undefined;
    },
    propertyFiles: (step) => {
      // Built at the first use, because few expressions read a property file.
      defined ??= new Map(graphOf(execution.definition).map((node) => [node.step.Name, node.step]));
      return defined.get(step)?.PropertyFiles ?? [];
    },
    readObject: (uri) => readAsPipeline(uri, execution, services),
  };
}

/** Reads the text of an S3 object with the pipeline's role. */
async function readAsPipeline(uri: string, execution: ExecutionRecord, { runtime }: Services): Promise<string> {
  const session = runtime.sessions.open(pipelineCaller(execution), execution.region);
  try {
    return await objectText(session.s3, uri);
  } finally {
    session.close();
  }
}

function dateTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
