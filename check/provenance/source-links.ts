import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { thrownError } from "../../pipelines/thrown-error.ts";
import type { PipelineOutputs } from "../../stack-outputs.ts";
import { commandOrigin } from "../execution/command-origin.ts";
import { changesMark } from "../execution/provenance.ts";
import { treeDigest } from "../execution/working-tree.ts";
import { type Link, link } from "./chain.ts";

async function isInRepository(folder: string, commit: string): Promise<boolean> {
  try {
    await promisify(execFile)("git", ["-C", folder, "cat-file", "-e", `${commit}^{commit}`]);
    return true;
  } catch {
    return false;
  }
}

/** Checks whether the working tree renders a definition, with the context in the stack's outputs. */
async function treeLink(folder: string, context: PipelineOutputs["context"], definition: string): Promise<Link> {
  if (context === undefined)
    return { name: "tree", state: "open", text: "the stack was deployed by a version whose outputs have no context" };
  try {
    const made = await treeDigest({ folder, context });
    return link(
      "tree",
      made === definition,
      `the working tree renders the same definition, ${made.slice(0, 12)}`,
      `with the stack's present configuration the working tree renders the definition ${made}, not ${definition}`,
    );
  } catch (error) {
    return {
      name: "tree",
      state: "broken",
      text: `the working tree renders no definition: ${thrownError(error).message}`,
    };
  }
}

/**
 * Checks whether the repository has the recorded commit and, if the working tree is at that commit, whether it renders the
 * recorded definition.
 *
 * @param repository the folder of the working tree
 * @param folder the folder of the pipeline
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
        text: `the sources were those of ${commit.slice(0, 12)} with uncommitted changes`,
      },
    ];
  const commitLink = link(
    "commit",
    await isInRepository(repository, commit),
    `${commit} is in this repository`,
    `${commit} is not in this repository: run git fetch; if that does not help, it was never pushed`,
  );
  if (commitLink.state === "broken") return [commitLink];
  const tree = await commandOrigin(repository, {});
  if (tree.commit === commit && !tree.changed) return [commitLink, await treeLink(folder, context, definition)];
  const where = tree.commit === commit ? "has changes" : `is at ${tree.commit?.slice(0, 12) ?? "no commit"}`;
  const text = `the working tree ${where}: check out ${commit.slice(0, 12)} and run this again`;
  return [commitLink, { name: "tree", state: "open", text }];
}
