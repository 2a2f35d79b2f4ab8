import type { CreateJobRequest, DescribeJobResponse } from "@aws-sdk/client-sagemaker";
import { isExpression, type Join, type Primitive, type Value } from "../expressions/expression.ts";
import { join } from "../expressions/join.ts";
import { type JobArguments, plainJobStep, type TypedJobStep, type WithArguments } from "./job-step.ts";
import type { JobStepOptions } from "./step-options.ts";

/** The arguments of `CreateJob`: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateJob.html */
export type ServiceJobArguments = JobArguments<CreateJobRequest, "JobName">;

/** The job's description. References may reach into `JobConfigDocument`, although it is JSON text. */
export type ServiceJobDescription = Omit<DescribeJobResponse, "JobConfigDocument"> & {
  JobConfigDocument: Record<string, string>;
};

/** A step whose properties have the shape of `DescribeJob`. */
export type ServiceJobStep = TypedJobStep<"Job", ServiceJobDescription>;

/** Declares a step that runs a job of one of SageMaker's job categories (`CreateJob`). */
export function serviceJobStep(
  name: string,
  options: WithArguments<ServiceJobArguments, JobStepOptions>,
): ServiceJobStep {
  return plainJobStep("Job", name, options);
}

/** A JSON value in which strings may be expressions. */
export type JsonWithExpressions =
  | Value<string>
  | Primitive
  | null
  | readonly JsonWithExpressions[]
  | { readonly [key: string]: JsonWithExpressions };

/**
 * Returns a configuration as JSON text for `JobConfigDocument`. SageMaker inserts the values of expressions into the
 * text without escaping, so a value with a quotation mark or a backslash makes the JSON invalid.
 */
export function jobConfigDocument(configuration: { readonly [key: string]: JsonWithExpressions }): string | Join {
  const parts: Value<string>[] = [];
  let text = "";
  const write = (value: JsonWithExpressions): void => {
    if (isExpression(value)) {
      parts.push(`${text}"`, value);
      text = '"';
    } else if (Array.isArray(value)) {
      list("[", "]", value, write);
    } else if (typeof value === "object" && value !== null) {
      list("{", "}", Object.entries(value), ([key, item]) => {
        text += `${JSON.stringify(key)}: `;
        write(item);
      });
    } else text += JSON.stringify(value);
  };
  const list = <Item>(open: string, close: string, items: readonly Item[], each: (item: Item) => void) => {
    text += open;
    items.forEach((item, index) => {
      if (index > 0) text += ", ";
      each(item);
    });
    text += close;
  };
  write(configuration);
  return parts.length === 0 ? text : join("", [...parts, text]);
}
