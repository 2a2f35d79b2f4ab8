import type {
  GetResourceInput,
  GetResourceOutput,
  ListResourcesInput,
  ListResourcesOutput,
} from "@aws-sdk/client-cloudcontrol";
import type { Json } from "../../service-model/definition.ts";
import { isRecord } from "../../service-model/property-path.ts";
import type { Call } from "../api/call.ts";
import { AwsError, validationError } from "../wire/aws-error.ts";
import { page } from "../wire/page.ts";
import { handlerErrorCode } from "./handler-error.ts";
import { identifierOf } from "./identifier.ts";
import { jsonMember } from "./request-member.ts";
import type { ResourceProperties, ResourceType } from "./resource-type.ts";
import { resourceType } from "./resource-types.ts";

export function getResource(input: GetResourceInput, call: Call): GetResourceOutput {
  const type = resourceType(input.TypeName);
  const Identifier = identifierOf(type, input.Identifier);
  return { TypeName: type.name, ResourceDescription: description(type, Identifier, call) };
}

/**
 * Lists all resources of a type. A `ResourceModel` is checked but not used, because the local types do not need one.
 */
export function listResources(input: ListResourcesInput, call: Call): ListResourcesOutput {
  const type = resourceType(input.TypeName);
  if (input.ResourceModel !== undefined && !isRecord(jsonMember(input.ResourceModel, "ResourceModel") as Json)) {
    throw validationError("ResourceModel must be a JSON object");
  }
  const { items, next } = page(type.list(call), input, (identifier) => identifier);
  return { TypeName: type.name, ResourceDescriptions: items.map((each) => description(type, each, call)), ...next };
}

function description(type: ResourceType, Identifier: string, call: Call) {
  return { Identifier, Properties: JSON.stringify(propertiesOf(type, Identifier, call)) };
}

/** Reads a resource's properties. @throws AwsError `ResourceNotFoundException` */
export function propertiesOf(type: ResourceType, identifier: string, call: Call): ResourceProperties {
  try {
    return type.read(identifier, call);
  } catch (error) {
    if (handlerErrorCode(error) !== "NotFound") throw error;
    throw new AwsError(
      "ResourceNotFoundException",
      `Resource of type '${type.name}' with identifier '${identifier}' was not found.`,
    );
  }
}
