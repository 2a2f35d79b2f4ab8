import type { Call } from "./api/call.ts";
import { operations } from "./api/registry.ts";
import { cloudControl } from "./cloud-control/operations.ts";
import type { ResourceRequests } from "./cloud-control/resource-requests.ts";
import { filterLogEvents } from "./logs/filter-log-events.ts";
import { describeLogStreams, getLogEvents, jobGroup } from "./logs/operations.ts";
import { AwsError } from "./wire/aws-error.ts";
import { validateRequest } from "./wire/validate-request.ts";

// biome-ignore lint/suspicious/noExplicitAny: the wire is not typed; each operation checks what it requires.
type Input = any;
export type EndpointCall = Call & { readonly requests: ResourceRequests };

const logs = { DescribeLogStreams: describeLogStreams, FilterLogEvents: filterLogEvents, GetLogEvents: getLogEvents };

/**
 * The `X-Amz-Target` values that the endpoint handles itself or looks at before moto. It answers all of SageMaker and
 * Cloud Control, and the log operations of jobs.
 */
export const ownTargets = /^(?:(?:SageMaker|CloudApiService)(?:\.|$)|Logs_20140328\.)/;

/** Matches names of regions: `us-east-1`, `us-gov-west-1`. */
const regionName = /^[a-z]{2,4}(-[a-z]+)+-\d+$/;

/**
 * Answers a call of AWS's JSON protocol. Returns undefined if moto has to answer it.
 *
 * @param target `SageMaker.DescribePipeline`
 * @throws AwsError for an invalid region, an operation that does not work locally, or the operation's own error
 */
export function dispatch(target: string, input: Input, call: EndpointCall): undefined | object | Promise<object> {
  const [service = "", name = ""] = target.split(".");
  if (!regionName.test(call.region))
    throw new AwsError(
      "InvalidSignatureException",
      `Credential should be scoped to a valid region, not '${call.region}'.`,
    );
  if (service === "Logs_20140328") {
    const group = jobGroup(input);
    const isOurs = name === "DescribeLogStreams" || name === "FilterLogEvents" || name === "GetLogEvents";
    return isOurs && group !== undefined ? logs[name](input, group, call.runtime.logs) : undefined;
  }
  const table = service === "SageMaker" ? operations : cloudControl;
  const operation = Object.hasOwn(table, name) ? table[name] : undefined;
  if (operation !== undefined) {
    if (service === "SageMaker") validateRequest(call.model, name, input);
    return operation(input, call);
  }
  const type = service === "SageMaker" ? "UnknownOperationException" : "UnsupportedActionException";
  throw new AwsError(
    type,
    `${name || "(no operation)"} of ${service} does not work locally; docs/local-endpoint.md lists what does`,
  );
}
