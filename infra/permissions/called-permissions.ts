import type { ParameterDefinition, StepDefinition } from "../../service-model/definition.ts";
import type { Permission } from "./statement.ts";
import { policyText, valuePatterns } from "./value-patterns.ts";

/** Returns the ARN of a queue, from its URL. Source: https://docs.aws.amazon.com/general/latest/gr/sqs-service.html */
function queueArn(url: string, partition: string): string | undefined {
  const [, region, account, queue] =
    /^https:\/\/sqs\.([a-z0-9-]+)\.[a-z.]+\/(\d{12})\/([\w-]+(?:\.fifo)?)$/.exec(url) ?? [];
  return queue === undefined ? undefined : `arn:${partition}:sqs:${region}:${account}:${queue}`;
}

/** Returns the possible values of a step's member outside `Arguments`, such as `FunctionArn`. */
function member(step: StepDefinition, name: string, parameters: readonly ParameterDefinition[]): readonly string[] {
  return valuePatterns((step as unknown as StepDefinition["Arguments"])[name], parameters);
}

const functionArn = /^arn:aws[\w-]*:lambda:[\w-]+:\d{12}:function:[\w-]+(?::[\w$-]+)?$/;

/** Returns the permission to invoke a Lambda step's functions. It has no resources if one of the ARNs is unknown. */
export function functionPermission(step: StepDefinition, parameters: readonly ParameterDefinition[]): Permission {
  const arns = member(step, "FunctionArn", parameters);
  const Resource = arns.every((arn) => functionArn.test(arn)) ? arns.map(policyText) : [];
  return { Sid: "InvokeFunctions", Action: ["lambda:InvokeFunction"], Resource };
}

/** Returns the permission to send to a Callback step's queues. It has no resources if one of the URLs is unknown. */
export function queuePermission(
  step: StepDefinition,
  parameters: readonly ParameterDefinition[],
  partition: string,
): Permission {
  const urls = member(step, "SqsQueueUrl", parameters);
  const arns = urls.flatMap((url) => queueArn(url, partition) ?? []);
  return { Sid: "SendToQueues", Action: ["sqs:SendMessage"], Resource: arns.length === urls.length ? arns : [] };
}
