import type { StackRule } from "./rule.ts";

/** A stack that is not to be lost protects its bucket; without their group, the models in it are nobody's. */
const protectedGroups: StackRule = {
  name: "model-package-group-protected",
  description: "Where the bucket of the models is protected, so is the record of the models.",
  checkStack: (resources) =>
    resources.some(({ type, protect }) => /^aws:s3\/bucket(V2)?:/.test(type) && protect)
      ? resources
          .filter(({ type, protect }) => /:sagemaker[:/]modelPackageGroup(:|$)/i.test(type) && !protect)
          .map((resource) => ({
            resource,
            message: "The group of models can be deleted by mistake, while the bucket cannot; protect it.",
          }))
      : [],
};

export const modelRegistryRules = [protectedGroups];
