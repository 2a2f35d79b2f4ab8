import { z } from "zod";
import { ExitError, exitCode } from "../../exit-code.ts";

/** Properties by name. What is not of their form, such as a secret in place of all of them, is no property at all. */
const properties = z.record(z.string(), z.unknown()).catch({});

const resourceState = z.object({
  /** Whether a provider made it; `false` for a component, which is only a name for several resources. */
  custom: z.boolean().default(true),
  /** Whether Pulumi refuses to delete it. */
  protect: z.boolean().default(false),
  /** Whether it stays in AWS when Pulumi deletes it. */
  retainOnDelete: z.boolean().default(false),
  inputs: properties.default({}),
});

const step = z.object({
  /** What Pulumi would do; a text, as newer versions may know further operations. */
  op: z.string(),
  urn: z.string(),
  oldState: resourceState.nullish(),
  newState: resourceState.nullish(),
  /** Names of properties that differ, those that only AWS sets among them. */
  diffReasons: z.array(z.string()).nullish(),
  /** Names of the properties for which the resource is replaced. */
  replaceReasons: z.array(z.string()).nullish(),
  /** Paths of properties that differ. Not every provider says it, and hardly any for a replacement. */
  detailedDiff: z.record(z.string(), z.object({ kind: z.string() })).nullish(),
});

const previewDigest = z.object({
  steps: z.array(step).nullish(),
  diagnostics: z
    .array(z.object({ urn: z.string().optional(), message: z.string().default(""), severity: z.string().optional() }))
    .nullish(),
});

/**
 * What `pulumi preview --json` prints, as far as the comment needs it. Pulumi has put `[secret]` in place of each secret.
 * Source: PreviewDigest in https://github.com/pulumi/pulumi/blob/master/sdk/pkg/display/json.go
 */
export type PreviewDigest = z.infer<typeof previewDigest>;
export type PreviewStep = z.infer<typeof step>;

/**
 * Reads what `pulumi preview --json` printed.
 *
 * @throws ExitError (2) if it is something else
 */
export function parsePreview(text: string): PreviewDigest {
  const refused = (what: string) =>
    new ExitError(exitCode.usage, `The preview ${what}: give what "pulumi preview --json" printed.`);
  if (text.trim() === "") throw refused("is empty");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The message of JSON.parse would quote the text, over several lines.
    throw refused("is not JSON");
  }
  const parsed = previewDigest.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw refused(`cannot be read (${issue?.path.join(".") || "as a whole"}: ${issue?.message})`);
}
