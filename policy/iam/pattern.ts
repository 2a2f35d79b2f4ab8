/** Tells whether a text contains IAM's wildcards: `*` for any text, or `?` for any character. */
export function isPattern(text: string): boolean {
  return /[*?]/.test(text);
}

/** Tells whether a pattern such as `sagemaker:Create*` matches an action. Ignores case, as IAM does. */
export function actionMatches(pattern: string, action: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "i").test(action);
}

/** Returns the account in an ARN (`arn:partition:service:region:account:...`); undefined if the ARN has none, or a wildcard. */
export function accountOf(arn: string): string | undefined {
  return /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1];
}
