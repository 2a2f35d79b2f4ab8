import { isDeepStrictEqual } from "node:util";
import type { PreviewDigest, PreviewStep } from "../../../check/preview/preview-digest.ts";
import type { RecordedResource, RecordedStack } from "../../infra/recorded/record-stack.ts";
import { record, region } from "../../infra/recorded/recorded.ts";

/** Returns the resources that `index.ts` registers for the stack `dev` with a given configuration. */
export async function recordStack(configuration: Readonly<Record<string, string>>): Promise<RecordedStack> {
  const recorded = await record({ configuration: { ...region, ...configuration } });
  if (recorded.error !== undefined) throw new Error(recorded.error);
  return recorded;
}

/** Returns the URN that Pulumi gives a resource of this program. */
export function urn(type: string, name: string): string {
  return `urn:pulumi:dev::sagemaker-training::training:infra:Parent$${type}::${name}`;
}

function stateOf({ inputs, protect, type }: RecordedResource) {
  return { custom: true, protect, retainOnDelete: type.includes("bucketObject"), inputs };
}

/** Returns a step as Pulumi prints it, including properties that only AWS knows. */
function stepOf(before: RecordedResource | undefined, after: RecordedResource | undefined): PreviewStep {
  const { type, name } = (after ?? before) as RecordedResource;
  const keys = Object.keys({ ...before?.inputs, ...after?.inputs });
  const diffReasons = keys.filter((key) => !isDeepStrictEqual(before?.inputs[key], after?.inputs[key]));
  const op = before === undefined ? "create" : after === undefined ? "delete" : diffReasons.length ? "update" : "same";
  return {
    op,
    urn: urn(type, name),
    ...(before === undefined ? {} : { oldState: stateOf(before) }),
    ...(after === undefined ? {} : { newState: stateOf(after) }),
    ...(op === "update" ? { diffReasons } : {}),
    detailedDiff: null,
  };
}

type Resources = Pick<RecordedStack, "resources">;

/** Returns the output of `pulumi preview --json` for a stack that changes from `before` (undefined if not deployed) to `after`. */
export function previewOf(before: Resources | undefined, after: Resources | undefined): PreviewDigest {
  const byUrn = (stack: Resources | undefined) =>
    new Map((stack?.resources ?? []).map((resource) => [urn(resource.type, resource.name), resource]));
  const [old, now] = [byUrn(before), byUrn(after)];
  const steps = [...new Set([...now.keys(), ...old.keys()])].map((key) => stepOf(old.get(key), now.get(key)));
  const root = "urn:pulumi:dev::sagemaker-training::pulumi:pulumi:Stack::sagemaker-training-dev";
  const stack = { op: "same", urn: root, oldState: stateless, newState: stateless, detailedDiff: null };
  return { steps: [stack, ...steps], diagnostics: [{ message: "warming up", severity: "info" }] };
}

const stateless = { custom: false, protect: false, retainOnDelete: false, inputs: {} };
