import { type S3Location, type TextCode, textAsset } from "#language";

/**
 * Characters that Cloud Control takes as the desired state of a resource or as a change of it, escapes counted.
 * Source: https://docs.aws.amazon.com/cloudcontrolapi/latest/APIReference/API_CreateResource.html
 */
const desiredStateCharacters = 262_144;

/** What is left for everything beside the definition: names, role, description, 50 tags. */
const otherCharacters = 32_768;

/** How a pipeline gets its definition: as a text in itself, or from an object that is uploaded before. */
export type DefinitionSource =
  | { readonly body: string; readonly object?: never }
  | { readonly object: TextCode; readonly body?: never };

/**
 * A definition in the pipeline itself where Cloud Control takes it there (a preview then shows what changes in it), else
 * on S3, under the address of its content.
 */
export function definitionSource(body: string, location: S3Location): DefinitionSource {
  const fits = JSON.stringify(body).length <= desiredStateCharacters - otherCharacters;
  return fits ? { body } : { object: textAsset("pipeline-definition.json", body, location) };
}
