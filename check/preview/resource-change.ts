import type { PreviewDigest, PreviewStep } from "./preview-digest.ts";
import { partsOf } from "./urn.ts";

/** The type of a pipeline in Pulumi. */
export const pipelineType = "aws-native:sagemaker:Pipeline";

/** The kinds of change, the most serious first. `forget` means that the resource stays in AWS but Pulumi no longer manages it. */
export const resourceChangeKinds = ["delete", "replace", "unknown", "forget", "update", "import", "create"] as const;
export type ResourceChangeKind = (typeof resourceChangeKinds)[number];

/** A resource that `pulumi up` would change. */
export interface ResourceChange {
  readonly kind: ResourceChangeKind;
  /** Pulumi's name of the operation. */
  readonly op: string;
  /** The type's token, such as `aws:s3/bucket:Bucket`. */
  readonly type: string;
  /** The name in the Pulumi program, not in AWS. */
  readonly name: string;
  /** Whether Pulumi refuses to delete the existing resource. */
  readonly isProtected: boolean;
  /** The paths of the properties that differ or, for a replacement, that cause it. */
  readonly properties: readonly string[];
  /** The inputs in the program, and those of the last deployment. */
  readonly before: Readonly<Record<string, unknown>> | undefined;
  readonly after: Readonly<Record<string, unknown>> | undefined;
}

/**
 * The kind of change of each Pulumi operation; `none` if nothing changes in AWS. A replacement has one or three operations.
 * Source: StepOp in https://github.com/pulumi/pulumi/blob/master/pkg/resource/deploy/step.go
 */
const kindsOfOperations: Readonly<Record<string, ResourceChangeKind | "none">> = {
  same: "none",
  create: "create",
  update: "update",
  delete: "delete",
  replace: "replace",
  "create-replacement": "replace",
  "delete-replaced": "replace",
  read: "none",
  "read-replacement": "none",
  refresh: "none",
  discard: "forget",
  "discard-replaced": "forget",
  "remove-pending-replace": "none",
  import: "import",
  "import-replacement": "replace",
};

function kindOf({ op, oldState }: PreviewStep): ResourceChangeKind | "none" {
  const kind = Object.hasOwn(kindsOfOperations, op) ? kindsOfOperations[op] : undefined;
  return kind === "delete" && oldState?.retainOnDelete === true ? "forget" : (kind ?? "unknown");
}

/** Returns the stack of a preview; undefined if the preview has no steps. */
export function stackOf({ steps }: PreviewDigest): string | undefined {
  const urn = steps?.[0]?.urn;
  return urn === undefined ? undefined : partsOf(urn).stack;
}

function propertiesOf(
  { detailedDiff, replaceReasons, diffReasons }: PreviewStep,
  kind: ResourceChangeKind,
): readonly string[] {
  const reasons = kind === "replace" ? [replaceReasons] : [Object.keys(detailedDiff ?? {}), diffReasons];
  return reasons.find((paths) => paths != null && paths.length > 0) ?? [];
}

/** Tells whether a step is about a real resource. The stack itself and components only group resources. */
function isResource({ oldState, newState }: PreviewStep, type: string): boolean {
  return type !== "pulumi:pulumi:Stack" && (newState ?? oldState)?.custom !== false;
}

/**
 * Lists the resources that would change, each once, lost resources first. An operation that this version does not know counts
 * as a change.
 */
export function resourceChanges({ steps }: PreviewDigest): readonly ResourceChange[] {
  const changes = new Map<string, ResourceChange>();
  for (const step of steps ?? []) {
    const { type, name } = partsOf(step.urn);
    const kind = kindOf(step);
    if (kind === "none" || !isResource(step, type)) continue;
    const key = `${kind} ${step.urn}`;
    const other = changes.get(key);
    const properties = propertiesOf(step, kind);
    changes.set(key, {
      ...{ kind, op: step.op, type, name },
      isProtected: other?.isProtected === true || step.oldState?.protect === true,
      properties: properties.length === 0 ? (other?.properties ?? []) : properties,
      before: other?.before ?? step.oldState?.inputs,
      after: other?.after ?? step.newState?.inputs,
    });
  }
  return [...changes.values()].sort(
    (one, two) => resourceChangeKinds.indexOf(one.kind) - resourceChangeKinds.indexOf(two.kind),
  );
}
