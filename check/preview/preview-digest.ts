import { z } from "zod";
import { ExitError, exitCode } from "../../exit-code.ts";

/** Properties by name. There are none if Pulumi wrote something else, such as `[secret]` in place of the whole object. */
const properties = z.record(z.string(), z.unknown()).catch({});

const resourceState = z.object({
  /** Whether a provider manages it; `false` for a component, which only groups resources. */
  custom: z.boolean().default(true),
  /** Whether Pulumi refuses to delete it. */
  protect: z.boolean().default(false),
  /** Whether it stays in AWS when Pulumi deletes it. */
  retainOnDelete: z.boolean().default(false),
  inputs: properties.default({}),
});

const step = z.object({
  /** Pulumi's operation. The type is a string, because newer versions may have further operations. */
  op: z.string(),
  urn: z.string(),
  oldState: resourceState.nullish(),
  newState: resourceState.nullish(),
  /** The names of properties that differ, including those that only AWS sets. */
  diffReasons: z.array(z.string()).nullish(),
  /** The names of the properties because of which the resource is replaced. */
  replaceReasons: z.array(z.string()).nullish(),
  /** The paths of properties that differ. Some providers leave it out, especially for a replacement. */
  detailedDiff: z.record(z.string(), z.object({ kind: z.string() })).nullish(),
});

const previewDigest = z.object({
  /** The stack's configuration; only its region is used. */
  config: properties.nullish(),
  steps: z.array(step).nullish(),
  diagnostics: z
    .array(z.object({ urn: z.string().optional(), message: z.string().default(""), severity: z.string().optional() }))
    .nullish(),
});

/**
 * The part of the output of `pulumi preview --json` that the comment needs. Pulumi writes `[secret]` instead of each secret.
 * Source: PreviewDigest in https://github.com/pulumi/pulumi/blob/master/sdk/pkg/display/json.go
 */
export type PreviewDigest = z.infer<typeof previewDigest>;
export type PreviewStep = z.infer<typeof step>;

/**
 * Reads the output of `pulumi preview --json`.
 *
 * @throws ExitError (2) if the text is anything else
 */
export function parsePreview(text: string): PreviewDigest {
  const refused = (what: string) =>
    new ExitError(exitCode.usage, `The preview ${what}: give the output of "pulumi preview --json".`);
  if (text.trim() === "") throw refused("is empty");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The message of JSON.parse is not used, because it quotes several lines of the text.
    throw refused("is not JSON");
  }
  const parsed = previewDigest.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw refused(`cannot be read (${issue?.path.join(".") || "as a whole"}: ${issue?.message})`);
}
