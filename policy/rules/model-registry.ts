import type { StackRule } from "./rule.ts";

/** Requires protection of model package groups if the bucket is protected, because they record which models are registered. */
const protectedGroups: StackRule = {
  name: "model-package-group-protected",
  description: "If the bucket of the models is protected, their group is too.",
  checkStack: (resources) =>
    resources.some(({ type, protect }) => /^aws:s3\/bucket(V2)?:/.test(type) && protect)
      ? resources
          .filter(({ type, protect }) => /:sagemaker[:/]modelPackageGroup(:|$)/i.test(type) && !protect)
          .map((resource) => ({
            resource,
            message: "The model package group can be deleted by mistake, unlike the bucket; protect it.",
          }))
      : [],
};

export const modelRegistryRules = [protectedGroups];
