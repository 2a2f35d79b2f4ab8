import type { ResourceRule } from "./rule.ts";

/**
 * Requires immutable tags. A definition names an image by its tag, so moving the tag would change the code of a reviewed
 * pipeline.
 * Source: https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html
 */
const tagsStay: ResourceRule = {
  name: "image-tags-immutable",
  description: "The tag of an image always names the same image.",
  check: ({ type, props }) =>
    type === "aws:ecr/repository:Repository" && props["imageTagMutability"] !== "IMMUTABLE"
      ? [
          'Whoever pushes an image can move a tag, and jobs then run another image; set imageTagMutability to "IMMUTABLE".',
        ]
      : [],
};

export const containerImageRules = [tagsStay];
