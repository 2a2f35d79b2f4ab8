import { AwsError } from "../wire/aws-error.ts";

/**
 * A filter of unstructured log lines: every term must be in the line, none of `-term`, one of `?term`; `"..."` is one term with
 * spaces. No pattern matches every line.
 *
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 *
 * @throws AwsError `InvalidParameterException` for the JSON, field and regular expression forms, which do not work locally
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
