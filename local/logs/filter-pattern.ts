import { AwsError } from "../wire/aws-error.ts";

/**
 * Returns a filter of unstructured log lines. A line passes if it contains every plain term, no `-term` and at least one
 * `?term`; `"..."` is one term with spaces. Without a pattern, every line passes.
 *
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 *
 * @throws AwsError `InvalidParameterException` for patterns of JSON, fields or regular expressions, which do not work locally
 */
export function filterPattern(pattern = ""): (line: string) => boolean {
  if (/^\s*[{[%]/.test(pattern)) {
    throw new AwsError(
      "InvalidParameterException",
      `Invalid filter pattern: '${pattern}' is not a list of terms; JSON, fields and regular expressions do not work locally`,
    );
  }
  const terms = [...pattern.matchAll(/([-?]?)(?:"([^"]*)"|(\S+))/g)].map(([, kind = "", quoted, word = ""]) => ({
    kind,
    text: quoted ?? word,
  }));
  const of = (kind: string) => terms.filter((term) => term.kind === kind).map((term) => term.text);
  const [all, none, some] = [of(""), of("-"), of("?")];
  return (line) =>
    all.every((term) => line.includes(term)) &&
    !none.some((term) => line.includes(term)) &&
    (some.length === 0 || all.length > 0 || some.some((term) => line.includes(term)));
}
