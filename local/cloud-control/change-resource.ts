import type { CreateResourceInput, DeleteResourceInput, UpdateResourceInput } from "@aws-sdk/client-cloudcontrol";
import type { Json } from "../../service-model/definition.ts";
import { isRecord } from "../../service-model/property-path.ts";
import type { Call } from "../api/call.ts";
import { validationError } from "../wire/aws-error.ts";
import { identifierOf } from "./identifier.ts";
import { patched } from "./patch.ts";
import { propertiesOf } from "./read-resource.ts";
import { checkedToken, jsonMember } from "./request-member.ts";
import { checkModel } from "./resource-model.ts";
import type { ChangeRequest, Progress, ResourceRequests } from "./resource-requests.ts";
import type { ResourceType } from "./resource-type.ts";
import { resourceType } from "./resource-types.ts";

export type CloudControlCall = Call & { readonly requests: ResourceRequests };

interface Answer {
  readonly ProgressEvent: Progress;
}

export async function createResource(input: CreateResourceInput, call: CloudControlCall): Promise<Answer> {
  const type = resourceType(input.TypeName);
  const desired = jsonMember(input.DesiredState, "DesiredState") as Json;
  if (!isRecord(desired)) throw validationError("DesiredState must be a JSON object");
  checkModel(type, desired);
  const request = changeRequest(type, "CREATE", input, { document: input.DesiredState });
  return { ProgressEvent: await call.requests.run(request, call.now(), () => type.create(desired, call)) };
}

/**
 * Updates a resource. As on AWS, an invalid patch is an error of this call, and an error of the resource's service
 * makes the started request fail.
 */
export async function updateResource(input: UpdateResourceInput, call: CloudControlCall): Promise<Answer> {
  const type = resourceType(input.TypeName);
  const Identifier = identifierOf(type, input.Identifier);
  const patch = jsonMember(input.PatchDocument, "PatchDocument");
  const request = changeRequest(type, "UPDATE", input, { Identifier, document: input.PatchDocument });
  // Looks for an earlier answer first, because an applied patch may be invalid the second time.
  const answered = call.requests.answered(request, call.now());
  if (answered !== undefined) return { ProgressEvent: answered };
  const after = patched(type, propertiesOf(type, Identifier, call), patch);
  checkModel(type, after);
  const work = async () => {
    await type.update(Identifier, after, call);
    return Identifier;
  };
  return { ProgressEvent: await call.requests.run(request, call.now(), work) };
}

export async function deleteResource(input: DeleteResourceInput, call: CloudControlCall): Promise<Answer> {
  const type = resourceType(input.TypeName);
  const Identifier = identifierOf(type, input.Identifier);
  const work = async () => {
    await type.remove(Identifier, call);
    return Identifier;
  };
  const request = changeRequest(type, "DELETE", input, { Identifier });
  return { ProgressEvent: await call.requests.run(request, call.now(), work) };
}

function changeRequest(
  { name: TypeName }: ResourceType,
  Operation: ChangeRequest["Operation"],
  { ClientToken }: { readonly ClientToken?: string | undefined },
  rest: Pick<ChangeRequest, "Identifier" | "document">,
): ChangeRequest {
  const token = ClientToken === undefined ? {} : { ClientToken: checkedToken(ClientToken, "ClientToken") };
  return { TypeName, Operation, ...rest, ...token };
}
