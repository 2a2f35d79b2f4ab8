/** Whether a text of IAM's, in which `*` is any text and `?` any character, can be more than itself. */
export function isPattern(text: string): boolean {
  return /[*?]/.test(text);
}

/** Whether a pattern of actions, such as `sagemaker:Create*`, has the action in it. IAM ignores their case. */
export function actionMatches(pattern: string, action: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "i").test(action);
}

/** The account in an ARN (`arn:partition:service:region:account:...`), or undefined where there is none or a pattern. */
export function accountOf(arn: string): string | undefined {
  return /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn)?.[1];
}
