import { definitionBody } from "#language";
import { loadPipeline } from "../../pipelines/catalog.ts";
import { thrownError } from "../../pipelines/thrown-error.ts";
import type { PipelineContext } from "../../pipelines/training-pipeline.ts";
import type { PipelineOutputs } from "../../stack-outputs.ts";
import { definitionDigest } from "./definition-digest.ts";

/** A deployed pipeline's folder in the working tree, and the context that the stack passed to it. */
export interface TreeFolder {
  readonly folder: string;
  readonly context: NonNullable<PipelineOutputs["context"]>;
}

/**
 * Renders the definition of a deployed pipeline from the working tree.
 *
 * @returns its digest, which also covers the code, because the definition names code by its hash
 * @throws any value that the pipeline's folder throws
 */
export async function treeDigest({ folder, context }: TreeFolder): Promise<string> {
  // The context was valid when the stack was deployed; otherwise `getPipeline` names the problem.
  const { pipeline } = (await loadPipeline(folder))(context as unknown as PipelineContext);
  return definitionDigest(definitionBody(pipeline));
}

/** Returns a line about the difference between the working tree and the deployed definition; undefined if they are equal. */
export async function driftLine(tree: TreeFolder, deployedDigest: string): Promise<string | undefined> {
  const differs = `The working tree's definition or code of ${tree.folder} differs from the deployed one, which is used here; deploy it to use the working tree's.`;
  try {
    return (await treeDigest(tree)) === deployedDigest ? undefined : differs;
  } catch (error) {
    const [reason] = thrownError(error).message.split("\n");
    return `The working tree has no valid definition of ${tree.folder} to compare the deployed one with: ${reason}`;
  }
}
