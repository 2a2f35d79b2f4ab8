import { type S3Location, type TextCode, textAsset } from "#language";

/**
 * The most characters that Cloud Control accepts as a resource's desired state or patch, escapes counted.
 * Source: https://docs.aws.amazon.com/cloudcontrolapi/latest/APIReference/API_CreateResource.html
 */
const desiredStateCharacters = 262_144;

/** Characters reserved for the rest of the desired state: names, role, description, 50 tags. */
const otherCharacters = 32_768;

/** The definition of a pipeline: inline as `body`, or in an S3 `object` that is uploaded first. */
export type DefinitionSource =
  | { readonly body: string; readonly object?: never }
  | { readonly object: TextCode; readonly body?: never };

/**
 * Puts a definition inline if Cloud Control accepts its length, because previews then show what changes in it. Otherwise it
 * goes to S3, with its hash in the key.
 */
export function definitionSource(body: string, location: S3Location): DefinitionSource {
  const fits = JSON.stringify(body).length <= desiredStateCharacters - otherCharacters;
  return fits ? { body } : { object: textAsset("pipeline-definition.json", body, location) };
}
