import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { definitionBody } from "#language";
import { loadPipeline } from "../../pipelines/catalog.ts";
import { thrownError } from "../../pipelines/thrown-error.ts";
import type { PipelineContext } from "../../pipelines/training-pipeline.ts";
import type { PipelineOutputs } from "../../stack-outputs.ts";
import { commandOrigin } from "../execution/command-origin.ts";
import { definitionDigest } from "../execution/definition-digest.ts";
import { changesMark } from "../execution/provenance.ts";
import { type Link, link } from "./chain.ts";

async function isInRepository(folder: string, commit: string): Promise<boolean> {
  try {
    await promisify(execFile)("git", ["-C", folder, "cat-file", "-e", `${commit}^{commit}`]);
    return true;
  } catch {
    return false;
  }
}

/** Whether the working tree makes a definition, from the context that the stack's outputs have. */
async function treeLink(folder: string, context: PipelineOutputs["context"], definition: string): Promise<Link> {
  if (context === undefined)
    return { name: "tree", state: "open", text: "the stack was deployed by a version that does not tell its context" };
  try {
    // It was a context when the stack was deployed; `getPipeline` says what is wrong with any other.
    const getPipeline = await loadPipeline(folder);
    const made = definitionDigest(definitionBody(getPipeline(context as unknown as PipelineContext).pipeline));
    return link(
      "tree",
      made === definition,
      `the working tree makes the same definition, ${made.slice(0, 12)}`,
      `the working tree makes the definition ${made} with the stack's present configuration, not ${definition}`,
    );
  } catch (error) {
    return {
      name: "tree",
      state: "broken",
      text: `the working tree makes no definition: ${thrownError(error).message}`,
    };
  }
}

/**
 * Walks from the recorded commit to the sources: whether the repository has it, and where the working tree is that commit,
 * whether it makes the recorded definition.
 *
 * @param repository the working tree's folder
 * @param folder the pipeline's
 */
export async function sourceLinks(
  repository: string,
  folder: string,
  { context }: PipelineOutputs,
  recorded: { readonly commit?: string; readonly definition?: string },
): Promise<readonly Link[]> {
  const { commit, definition = "" } = recorded;
  if (commit === undefined || !/^[0-9a-f]{40,64}(\+changes)?$/.test(commit))
    return [{ name: "commit", state: "broken", text: "no commit is recorded" }];
  if (commit.endsWith(changesMark))
    return [
      {
        name: "commit",
        state: "broken",
        text: `the sources were those of ${commit.slice(0, 12)} with changes that no commit has`,
      },
    ];
  const commitLink = link(
    "commit",
    await isInRepository(repository, commit),
    `${commit} is in this repository`,
    `${commit} is not in this repository: fetch it (git fetch), or it was never pushed`,
  );
  if (commitLink.state === "broken") return [commitLink];
  const tree = await commandOrigin(repository, {});
  if (tree.commit === commit && !tree.changed) return [commitLink, await treeLink(folder, context, definition)];
  const where = tree.commit === commit ? "has changes" : `is at ${tree.commit?.slice(0, 12) ?? "no commit"}`;
  const text = `the working tree ${where}: check out ${commit.slice(0, 12)} and run this again`;
  return [commitLink, { name: "tree", state: "open", text }];
}
