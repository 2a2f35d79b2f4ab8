import { z } from "zod";
import { pipelineType } from "../../check/preview/resource-change.ts";
import type { OwnNames } from "../../check/teardown/own-names.ts";
import { PulumiError, pulumiOutput } from "./pulumi-cli.ts";

const groupType = "aws-native:sagemaker:ModelPackageGroup";

const resource = z.object({
  urn: z.string(),
  type: z.string(),
  inputs: z.record(z.string(), z.unknown()).default({}),
  protect: z.boolean().default(false),
  retainOnDelete: z.boolean().default(false),
});
const stateSchema = z.object({ deployment: z.object({ resources: z.array(resource).nullish() }) });

/** The pipelines and the model package groups in a stack's state that `pulumi destroy` deletes. */
export interface StackState extends OwnNames {
  /** The URNs of those groups that Pulumi protects from deletion. */
  readonly protectedGroups: readonly string[];
}

/**
 * Reads the pipelines and groups from the text that `pulumi stack export` prints. An interrupted `pulumi up` can leave some
 * there that the outputs no longer have.
 *
 * @throws PulumiError if the text is not a stack's state
 */
export function parseState(text: string): StackState {
  let parsed: z.infer<typeof stateSchema>;
  try {
    parsed = stateSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new PulumiError("the output of pulumi stack export is not the state", { cause: error });
  }
  const all = (parsed.deployment.resources ?? []).filter(({ retainOnDelete }) => !retainOnDelete);
  const names = (type: string, key: string) =>
    all.flatMap(({ type: own, inputs }) => (own === type && typeof inputs[key] === "string" ? [inputs[key]] : []));
  return {
    pipelines: names(pipelineType, "pipelineName"),
    groups: names(groupType, "modelPackageGroupName"),
    protectedGroups: all.filter(({ type, protect }) => type === groupType && protect).map(({ urn }) => urn),
  };
}

/**
 * Reads a stack's state with the pulumi CLI.
 * Source: https://www.pulumi.com/docs/iac/cli/commands/pulumi_stack_export/
 *
 * @throws PulumiError if the CLI fails or prints something else
 */
export async function readState(stack: string): Promise<StackState> {
  return parseState(await pulumiOutput(["stack", "export", "--stack", stack]));
}
