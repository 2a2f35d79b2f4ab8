import { validationError } from "../wire/aws-error.ts";
import { required } from "../wire/required.ts";

/** The maximum length, in characters, of a desired state, a patch and a resource model. */
export const longestDocument = 262_144;

/**
 * Returns a required text member of a request.
 *
 * @param longest maximum length in characters
 * @throws AwsError `ValidationException` in AWS's words, for a missing, too long or malformed text
 */
export function checkedText(value: string | undefined, member: string, pattern: RegExp, longest: number): string {
  const text = required(value, member);
  const name = member.charAt(0).toLowerCase() + member.slice(1);
  if (text.length > longest) {
    throw validationError(
      `1 validation error detected: Value at '${name}' failed to satisfy constraint: Member must have length less than or equal to ${longest}`,
    );
  }
  if (pattern.test(text)) return text;
  throw validationError(
    `1 validation error detected: Value '${text}' at '${name}' failed to satisfy constraint: Member must satisfy regular expression pattern: ${pattern.source.replace(/^\^|\$$/g, "")}`,
  );
}

/** Returns the client token or request token in a request. @throws AwsError `ValidationException` */
export function checkedToken(value: string | undefined, member: string): string {
  return checkedText(value, member, /^[-A-Za-z0-9+/=]+$/, 128);
}

/** Parses a member that holds a JSON document. @throws AwsError `ValidationException` */
export function jsonMember(value: string | undefined, member: string): unknown {
  const text = checkedText(value, member, /^[\s\S]*$/, longestDocument);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw validationError(`${member} is not JSON: ${error instanceof Error ? error.message : error}`);
  }
}
