import { type CloudControlCall, createResource, deleteResource, updateResource } from "./change-resource.ts";
import { getResource, listResources } from "./read-resource.ts";
import { requestShape } from "./request-shape.ts";
import { cancelResourceRequest, getResourceRequestStatus, listResourceRequests } from "./track-requests.ts";

// biome-ignore lint/suspicious/noExplicitAny: the wire is not typed; each operation checks what it requires.
type CloudControlOperation = (input: any, call: CloudControlCall) => object | Promise<object>;

const operations: { readonly [name: string]: CloudControlOperation } = {
  CancelResourceRequest: cancelResourceRequest,
  CreateResource: createResource,
  DeleteResource: deleteResource,
  GetResource: getResource,
  GetResourceRequestStatus: getResourceRequestStatus,
  ListResourceRequests: listResourceRequests,
  ListResources: listResources,
  UpdateResource: updateResource,
};

/** Cloud Control's operations, by the name after `CloudApiService.` in `X-Amz-Target`. */
export const cloudControl: { readonly [name: string]: CloudControlOperation } = Object.fromEntries(
  Object.entries(operations).map(([name, operation]) => [name, (input, call) => operation(requestShape(input), call)]),
);
