import type { Resource, StackRule } from "./rule.ts";

/** Tells whether a stack hands the group over: the next deploy retains it in AWS, and forgets it. */
function isRetired({ props }: Resource): boolean {
  const { tags } = props;
  return Array.isArray(tags) && tags.some(({ key, value }) => key === "training:retired" && value === "true");
}

/**
 * Requires protection of model package groups if the bucket is protected, because they record which models are registered. A
 * retired group is not protected, as Pulumi would refuse to forget it.
 */
const protectedGroups: StackRule = {
  name: "model-package-group-protected",
  description: "If the bucket of the models is protected, their group is too, except a retired one.",
  checkStack: (resources) =>
    resources.some(({ type, protect }) => /^aws:s3\/bucket(V2)?:/.test(type) && protect)
      ? resources
          .filter(({ type, protect }) => /:sagemaker[:/]modelPackageGroup(:|$)/i.test(type) && !protect)
          .filter((group) => !isRetired(group))
          .map((resource) => ({
            resource,
            message: "The model package group can be deleted by mistake, unlike the bucket; protect it.",
          }))
      : [],
};

export const modelRegistryRules = [protectedGroups];
