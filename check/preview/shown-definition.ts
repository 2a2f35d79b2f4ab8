/** A pipeline's definition in a preview: its text, or the reason why the preview has none. */
export type ShownDefinition =
  | { readonly text: string; readonly missing?: never }
  | { readonly missing: string; readonly text?: never };

/** Pulumi's placeholder for a value that is not known before a deployment. */
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
/** The key by which Pulumi marks an object as a secret, an archive or another special value. */
const signature = "4dabf18193072939515e22adb298388d";

function isSecret(value: unknown): boolean {
  return value === "[secret]" || (typeof value === "object" && value !== null && signature in value);
}

/**
 * Returns the definition in the inputs of an `aws-native:sagemaker:Pipeline`.
 * Source of the special values: https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/sig/sig.go and
 * plugin/rpc.go beside it
 */
export function shownDefinition(inputs: Readonly<Record<string, unknown>>): ShownDefinition {
  const source = inputs["pipelineDefinition"];
  const { pipelineDefinitionBody: body, pipelineDefinitionS3Location: location } = Object(source) as Record<
    string,
    unknown
  >;
  if ([source, body, location].some(isSecret)) return { missing: "is a secret, so it is not shown" };
  if (source === unknown || body === unknown) return { missing: "is not known before the deployment" };
  if (typeof body === "string") return { text: body };
  if (location !== undefined) return { missing: "is on S3, so a preview does not show it" };
  return { missing: "is not in the preview" };
}
