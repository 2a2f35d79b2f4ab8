import { changedParts, changedThresholds, type DeployedParts } from "../../check/change/changed-parts.ts";
import type { PipelineModelChange } from "../../check/change/model-change.ts";
import { definitionDifference } from "../../language/difference/definition-difference.ts";
import { differenceText } from "../../language/difference/difference-text.ts";
import { readDefinition } from "../../language/read/read-definition.ts";
import { dataFile } from "../data/data-file.ts";
import type { ExecutionRequest } from "../local-stack/execution-options.ts";
import { inputData, MissingData } from "../local-stack/input-data.ts";
import type { DeployedTree } from "./deployed-tree.ts";

/** The parts of the deployed pipelines, by folder. */
export type TreeParts = Readonly<Record<string, DeployedParts>>;

/** Returns the hash and the name of a pipeline's data, which also identify it in S3; undefined if it has none. */
async function dataOf({ outputs, catalog }: DeployedTree, folder: string, request: ExecutionRequest) {
  const { print: log, signal, ...given } = request;
  const pipeline = outputs.pipelines[folder];
  if (pipeline === undefined) return undefined;
  try {
    const path = await inputData(folder, pipeline, given, { catalog, log, signal });
    if (path === undefined) return undefined;
    const { sha256, name } = await dataFile(path);
    return `${sha256}/${name}`;
  } catch (error) {
    // The training reports it.
    if (error instanceof MissingData) return undefined;
    throw error;
  }
}

/** Reads the parts of each pipeline of a deployed tree, one after the other, so that an error leaves no other one unfinished. */
export async function partsOf(deployed: DeployedTree, request: ExecutionRequest): Promise<TreeParts> {
  const parts: Record<string, DeployedParts> = {};
  for (const [folder, { gate }] of Object.entries(deployed.outputs.pipelines)) {
    const definition = deployed.definitions[folder] ?? "";
    parts[folder] = { definition, gate, data: await dataOf(deployed, folder, request) };
  }
  return parts;
}

function differences(folder: string, base: string, head: string): string {
  const [before, after] = [base, head].map((text) => readDefinition(text, { name: folder }));
  return before === undefined || after === undefined ? "" : differenceText(definitionDifference(before, after));
}

function gateNotes(base: DeployedParts, head: DeployedParts): readonly string[] {
  if (base.gate !== undefined && head.gate === undefined)
    return ["The change removes the gate, so no check judges the models of this pipeline any more."];
  if (base.gate === undefined && head.gate !== undefined)
    return ["The base has no gate, so there is no model to compare with."];
  return [];
}

function planOf(folder: string, base: DeployedParts | undefined, head: DeployedParts | undefined): PipelineModelChange {
  const plain = { folder, parts: [], thresholds: [], notes: [] };
  if (head === undefined) return { ...plain, kind: "removed" };
  if (base === undefined) return { ...plain, kind: "new" };
  const parts = changedParts(base, head);
  if (parts.length === 0) return { ...plain, kind: "same" };
  return {
    ...{ folder, kind: "changed", parts, thresholds: changedThresholds(base.gate, head.gate) },
    ...(parts.includes("definition") || parts.includes("code")
      ? { differences: differences(folder, base.definition, head.definition) }
      : {}),
    notes: gateNotes(base, head),
  };
}

/**
 * Decides what happens to each pipeline, in alphabetical order.
 *
 * @param base undefined if the base could not be deployed; then every pipeline of head counts as changed
 */
export function pipelinePlans(base: TreeParts | undefined, head: TreeParts): readonly PipelineModelChange[] {
  const folders = [...new Set([...Object.keys(base ?? {}), ...Object.keys(head)])].sort();
  return folders.map((folder) =>
    base === undefined
      ? { folder, kind: "changed", parts: [], thresholds: [], notes: [] }
      : planOf(folder, base[folder], head[folder]),
  );
}
