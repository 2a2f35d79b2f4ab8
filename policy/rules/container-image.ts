import type { ResourceRule } from "./rule.ts";

/**
 * A definition names an image by its tag: one that can be moved is other code in the same, reviewed pipeline.
 * Source: https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html
 */
const tagsStay: ResourceRule = {
  name: "image-tags-immutable",
  description: "The tag of an image names the same image for ever.",
  check: ({ type, props }) =>
    type === "aws:ecr/repository:Repository" && props["imageTagMutability"] !== "IMMUTABLE"
      ? ['Whoever pushes can move a tag, and jobs run another image; set imageTagMutability to "IMMUTABLE".']
      : [],
};

export const containerImageRules = [tagsStay];
