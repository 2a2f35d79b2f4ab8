import { type CloudControlCall, createResource, deleteResource, updateResource } from "./change-resource.ts";
import { getResource, listResources } from "./read-resource.ts";
import { cancelResourceRequest, getResourceRequestStatus, listResourceRequests } from "./track-requests.ts";

// biome-ignore lint/suspicious/noExplicitAny: the wire is not typed; each operation checks what it requires.
type CloudControlOperation = (input: any, call: CloudControlCall) => object | Promise<object>;

/** Cloud Control's operations, by the name after `CloudApiService.` in `X-Amz-Target`. */
export const cloudControl: { readonly [name: string]: CloudControlOperation } = {
  CancelResourceRequest: cancelResourceRequest,
  CreateResource: createResource,
  DeleteResource: deleteResource,
  GetResource: getResource,
  GetResourceRequestStatus: getResourceRequestStatus,
  ListResourceRequests: listResourceRequests,
  ListResources: listResources,
  UpdateResource: updateResource,
};
