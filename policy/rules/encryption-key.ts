import type { ResourceRule } from "./rule.ts";

/**
 * Requires rotation of symmetric encryption keys; KMS does not rotate other keys.
 * Source: https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
 */
const rotation: ResourceRule = {
  name: "key-rotation",
  description: "An encryption key is rotated.",
  check: ({ type, props }) => {
    if (type !== "aws:kms/key:Key" || props["enableKeyRotation"] === true) return [];
    const isSymmetric = (props["customerMasterKeySpec"] ?? "SYMMETRIC_DEFAULT") === "SYMMETRIC_DEFAULT";
    return isSymmetric ? ["The key is never rotated; set enableKeyRotation."] : [];
  },
};

export const encryptionKeyRules = [rotation];
