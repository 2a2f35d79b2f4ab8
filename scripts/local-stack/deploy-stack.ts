import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deploy } from "../../local/deploy/deploy.ts";
import type { StackOutputs } from "../../stack-outputs.ts";
import { parseOutputs } from "../stack/read-outputs.ts";
import { localFolders, repository } from "./folders.ts";

/**
 * Deploys `index.ts` with `Pulumi.local.yaml` to a local endpoint, and prints what changed.
 *
 * @param url the endpoint's address
 * @returns the stack's outputs, which are also written to `.local/outputs.json`
 */
export async function deployStack(
  url: string,
  { signal, print }: { readonly signal: AbortSignal; readonly print: (line: string) => void },
): Promise<StackOutputs> {
  const stateFile = join(localFolders.state, "deploy.json");
  const { outputs, counts } = await deploy({ folder: repository, stack: "local", stateFile, url, signal });
  const text = JSON.stringify(outputs, null, 2);
  await writeFile(localFolders.outputs, `${text}\n`);
  const { created, updated, deleted, unchanged } = counts;
  print(`Deployed index.ts: ${created} created, ${updated} updated, ${deleted} deleted, ${unchanged} unchanged`);
  return parseOutputs(text);
}
