import { AwsError } from "../wire/aws-error.ts";
import { modelPackageGroupType } from "./model-package-group.ts";
import { pipelineType } from "./pipeline.ts";
import { checkedText } from "./request-member.ts";
import type { ResourceType } from "./resource-type.ts";

const types = new Map([modelPackageGroupType, pipelineType].map((type) => [type.name, type]));

/** @throws AwsError `ValidationException` for what is no type's name, `TypeNotFoundException` for one that is not local */
export function resourceType(name: string | undefined): ResourceType {
  const checked = checkedText(name, "TypeName", /^[A-Za-z0-9]{2,64}::[A-Za-z0-9]{2,64}::[A-Za-z0-9]{2,64}$/, 196);
  const type = types.get(checked);
  if (type !== undefined) return type;
  throw new AwsError(
    "TypeNotFoundException",
    `The type '${checked}' does not work locally; types that do: ${[...types.keys()].join(", ")}`,
  );
}
