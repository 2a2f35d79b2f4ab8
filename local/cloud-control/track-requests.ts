import type {
  CancelResourceRequestInput,
  GetResourceRequestStatusInput,
  ListResourceRequestsInput,
} from "@aws-sdk/client-cloudcontrol";
import { AwsError } from "../wire/aws-error.ts";
import { page } from "../wire/page.ts";
import type { CloudControlCall } from "./change-resource.ts";
import { checkedToken } from "./request-member.ts";
import type { Progress } from "./resource-requests.ts";

export function getResourceRequestStatus(input: GetResourceRequestStatusInput, call: CloudControlCall) {
  return { ProgressEvent: call.requests.status(checkedToken(input.RequestToken, "RequestToken")) };
}

export function listResourceRequests(input: ListResourceRequestsInput, call: CloudControlCall) {
  const { Operations = [], OperationStatuses = [] } = input.ResourceRequestStatusFilter ?? {};
  const isWanted = ({ Operation = "CREATE", OperationStatus = "PENDING" }: Progress) =>
    (Operations.length === 0 || Operations.includes(Operation)) &&
    (OperationStatuses.length === 0 || OperationStatuses.includes(OperationStatus));
  const request = { ...input, MaxResults: input.MaxResults ?? 20 };
  const { items, next } = page(call.requests.all().filter(isWanted), request, (each) => each.RequestToken ?? "");
  return { ResourceRequestStatusSummaries: [...items], ...next };
}

/**
 * Rejects the cancellation. All local requests end before a client can cancel them, and AWS answers this error then.
 */
export function cancelResourceRequest(input: CancelResourceRequestInput, call: CloudControlCall): never {
  const { OperationStatus } = call.requests.status(checkedToken(input.RequestToken, "RequestToken"));
  throw new AwsError(
    "ConcurrentModificationException",
    `The request can no longer be canceled: it is ${OperationStatus}.`,
  );
}
