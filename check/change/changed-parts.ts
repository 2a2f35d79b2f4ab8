import { type GateOutputs, thresholdNames } from "../../stack-outputs.ts";
import { codeAddresses, codeDigest, definitionDigest } from "../execution/definition-digest.ts";
import { deployedThresholds } from "../gate/thresholds.ts";
import type { PipelineModelChange } from "./model-change.ts";

/** The parts of a deployed pipeline that decide about its model. */
export interface DeployedParts {
  readonly definition: string;
  /** Absent if the pipeline has no gate. */
  readonly gate?: GateOutputs | undefined;
  /** The S3 URI of the data, which contains the hash of its content; absent if the pipeline takes none. */
  readonly data?: string | undefined;
}

/** Returns a definition without the hashes of its code. */
function withoutCode(definition: string): string {
  return codeAddresses(definition).reduce((text, { sha256 }) => text.replaceAll(sha256, ""), definition);
}

/** Returns a gate without its thresholds. */
function rules(gate: GateOutputs | undefined): string {
  if (gate === undefined) return "";
  const { ceiling: _, tolerance: __, configured: ___, ...rest } = gate;
  return JSON.stringify(rest);
}

/** Returns the thresholds that differ between two gates. */
export function changedThresholds(base: GateOutputs | undefined, head: GateOutputs | undefined) {
  if (base === undefined || head === undefined) return [];
  const [before, after] = [deployedThresholds(base), deployedThresholds(head)];
  return thresholdNames
    .filter((name) => before[name] !== after[name])
    .map((name) => ({ name, base: before[name], head: after[name] }));
}

/** Returns the parts of a pipeline that differ between base and head. Without any, both train the same model. */
export function changedParts(base: DeployedParts, head: DeployedParts): PipelineModelChange["parts"] {
  const differs = {
    definition: definitionDigest(withoutCode(base.definition)) !== definitionDigest(withoutCode(head.definition)),
    code: codeDigest(base.definition) !== codeDigest(head.definition),
    data: base.data !== head.data,
    thresholds: changedThresholds(base.gate, head.gate).length > 0,
    gate: rules(base.gate) !== rules(head.gate),
  };
  return (Object.keys(differs) as (keyof typeof differs)[]).filter((part) => differs[part]);
}
