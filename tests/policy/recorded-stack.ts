import assert from "node:assert/strict";
import type { Resource } from "../../policy/rules/rule.ts";
import type { RecordedResource } from "../infra/recorded/record-stack.ts";
import { record } from "../infra/recorded/recorded.ts";

/** Returns the resources that `index.ts` registers. */
export async function recordedStack(
  configuration: Readonly<Record<string, string>>,
): Promise<readonly RecordedResource[]> {
  const { resources, error } = await record({ configuration });
  assert.equal(error, undefined);
  return resources;
}

/** Converts recorded resources to the form that the policy pack receives. */
export function asPackSees(resources: readonly RecordedResource[]): readonly Resource[] {
  return resources.map(({ type, name, inputs, protect }) => ({
    ...{ urn: `urn:pulumi:dev::sagemaker-training::${type}::${name}`, type, name },
    ...{ props: inputs, protect },
  }));
}
