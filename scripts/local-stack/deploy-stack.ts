import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ExitError, exitCode } from "../../exit-code.ts";
import { type DeployResult, deploy, LostModelsError } from "../../local/deploy/deploy.ts";
import type { StackOutputs } from "../../stack-outputs.ts";
import { canAsk, confirm } from "../command/confirm.ts";
import { parseOutputs } from "../stack/read-outputs.ts";
import { localFolders, repository } from "./folders.ts";

export interface DeployStackOptions {
  /** Whether to delete registered models without a question, if their pipeline is gone. */
  readonly yes: boolean;
  readonly signal: AbortSignal;
  readonly print: (line: string) => void;
}

/** Reads the part of the last deploy's outputs that tells which models a deploy would delete. */
async function lastOutputs(): Promise<Readonly<Record<string, unknown>>> {
  try {
    const { forceDestroy, pipelines } = JSON.parse(await readFile(localFolders.outputs, "utf8"));
    return { forceDestroy, pipelines };
  } catch {
    // There was no deploy yet, or its file is damaged.
    return {};
  }
}

/** Asks whether the models may be deleted. @throws ExitError (2) if not */
async function requireConsent({ lost }: LostModelsError, { yes, signal, print }: DeployStackOptions): Promise<void> {
  const folders = lost.map(({ folder }) => folder).join(", ");
  const groups = lost.map(({ group }) => group).join(", ");
  const what = `the registered models of ${folders} (model package group ${groups}), which index.ts no longer declares`;
  if (yes) return print(`Deleting ${what}`);
  const refusal = (advice: string) =>
    new ExitError(exitCode.usage, `The deploy would delete ${what}, so nothing was changed: ${advice}.`);
  if (!canAsk()) throw refusal("run it again with --yes to delete them, or restore the folder");
  if (!(await confirm(`Delete ${what}?`, signal))) throw refusal("restore the folder, or answer with y");
}

/** Returns a line for each pipeline and model package group that a deploy deleted. */
function deletionLines({ deleted }: DeployResult): readonly string[] {
  return deleted.filter((resource) => resource.includes(":sagemaker:")).map((resource) => `  deleted ${resource}`);
}

/**
 * Deploys `index.ts` with `Pulumi.local.yaml` to a local endpoint, and prints what changed. Asks before it deletes registered
 * models.
 *
 * @param url the endpoint's address
 * @returns the stack's outputs, which are also written to `.local/outputs.json`
 * @throws ExitError (2) if models would be deleted without consent; then nothing has changed
 */
export async function deployStack(url: string, options: DeployStackOptions): Promise<StackOutputs> {
  const { signal, print } = options;
  const request = {
    ...{ folder: repository, stack: "local", url, signal },
    stateFile: join(localFolders.state, "deploy.json"),
  };
  const result = await deploy({ ...request, lastOutputs: await lastOutputs() }).catch(async (error: unknown) => {
    if (!(error instanceof LostModelsError)) throw error;
    await requireConsent(error, options);
    return deploy(request);
  });
  const text = JSON.stringify(result.outputs, null, 2);
  await writeFile(localFolders.outputs, `${text}\n`);
  const { created, updated, deleted, unchanged } = result.counts;
  print(`Deployed index.ts: ${created} created, ${updated} updated, ${deleted} deleted, ${unchanged} unchanged`);
  for (const line of deletionLines(result)) print(line);
  return parseOutputs(text);
}
