import type { Json } from "../../service-model/definition.ts";
import { isRecord } from "../../service-model/property-path.ts";
import { validationError } from "../wire/aws-error.ts";
import { checkedText } from "./request-member.ts";
import type { ResourceType } from "./resource-type.ts";

/**
 * Reads the primary identifier in a request, which is plain text or a JSON object with the identifying property.
 * Source: https://docs.aws.amazon.com/cloudcontrolapi/latest/userguide/resource-identifier.html
 *
 * @throws AwsError `ValidationException`
 */
export function identifierOf(type: ResourceType, value: string | undefined): string {
  const text = checkedText(value, "Identifier", /^.+$/, 1024);
  const { property, prefix = "" } = type.identifier;
  const identifier = text.startsWith("{") ? fromJson(text, property) : text;
  if (typeof identifier === "string" && identifier.startsWith(prefix)) return identifier;
  throw validationError(`Identifier ${text} is not valid for identifier [/properties/${property}]`);
}

function fromJson(text: string, property: string): unknown {
  try {
    const value = JSON.parse(text) as Json;
    return isRecord(value) && Object.keys(value).length === 1 ? value[property] : undefined;
  } catch {
    return undefined;
  }
}
