import { AwsError } from "../wire/aws-error.ts";
import { modelPackageGroupResource } from "./model-package-group.ts";
import { pipelineResource } from "./pipeline.ts";
import { checkedText } from "./request-member.ts";
import type { ResourceType } from "./resource-type.ts";

const types = new Map([modelPackageGroupResource, pipelineResource].map((type) => [type.name, type]));

/**
 * Returns a CloudFormation type by its name.
 *
 * @throws AwsError `ValidationException` for a malformed name, `TypeNotFoundException` for a type that does not work
 * locally
 */
export function resourceType(name: string | undefined): ResourceType {
  const checked = checkedText(name, "TypeName", /^[A-Za-z0-9]{2,64}::[A-Za-z0-9]{2,64}::[A-Za-z0-9]{2,64}$/, 196);
  const type = types.get(checked);
  if (type !== undefined) return type;
  throw new AwsError(
    "TypeNotFoundException",
    `The type '${checked}' does not work locally; types that do: ${[...types.keys()].join(", ")}`,
  );
}
