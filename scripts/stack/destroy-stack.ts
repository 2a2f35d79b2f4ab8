import { checkAccount } from "../../check/teardown/check-account.ts";
import { ownNames } from "../../check/teardown/own-names.ts";
import { removeRemains, stackRemains } from "../../check/teardown/stack-remains.ts";
import { ExitError, exitCode } from "../../exit-code.ts";
import type { StackOutputs } from "../../stack-outputs.ts";
import { PulumiError, pulumiOutput, runPulumi, stackConfig } from "./pulumi-cli.ts";
import { parseOutputs } from "./read-outputs.ts";
import { readState } from "./read-state.ts";

/** The facts about a deployed stack by which it is destroyed. */
type Deployed = Pick<StackOutputs, "account" | "region" | "artifactBucket" | "ownsArtifactBucket" | "pipelines">;

export interface DestroyRequest {
  readonly stack: string;
  /** Whether to delete it, instead of saying what that would delete. */
  readonly yes: boolean;
  readonly signal: AbortSignal;
  readonly print: (line: string) => void;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

/** Reads what is deployed. A stack whose first `pulumi up` did not finish has no outputs, but its configuration has its place. */
async function deployed(stack: string): Promise<Deployed> {
  const config = await stackConfig(stack);
  const text = await pulumiOutput(["stack", "output", "--json", "--stack", stack]);
  const { account, region } = config;
  if (config["forceDestroy"] === "true" && text.trim() === "{}" && account && region)
    return { account, region, artifactBucket: "", ownsArtifactBucket: false, pipelines: {} };
  const outputs = config["forceDestroy"] === "true" ? parseOutputs(text) : undefined;
  if (outputs?.forceDestroy !== true)
    throw new ExitError(
      exitCode.usage,
      `The stack ${stack} keeps its models: to delete them, set forceDestroy to true, run pulumi up, and run this again.`,
    );
  return outputs;
}

/**
 * Destroys a stack that is configured for it, with its models. See scripts/destroy-dev-stack.ts.
 *
 * @throws ExitError (2) if the stack is not configured for it or cannot be read, (4) if executions do not end, (6) if AWS refuses
 */
export async function destroyStack(request: DestroyRequest): Promise<void> {
  try {
    await destroyRead(request);
  } catch (error) {
    if (!(error instanceof PulumiError)) throw error;
    throw new ExitError(exitCode.usage, `The stack cannot be read: ${error.message}. Install pulumi and log in.`);
  }
}

async function destroyRead({ stack, yes, signal, print }: DestroyRequest): Promise<void> {
  const outputs = await deployed(stack);
  await checkAccount(stack, outputs);
  const state = await readState(stack);
  const own = ownNames(outputs, state);
  const { executions, models } = await stackRemains(outputs.region, own);
  const bucket = outputs.ownsArtifactBucket ? `everything in s3://${outputs.artifactBucket}` : "the stack's resources";
  const what = `${counted(models.length, "registered model")} in account ${outputs.account}, and ${bucket}`;
  const stop = executions.length === 0 ? "" : `stop ${counted(executions.length, "running execution")}, and `;
  if (!yes) throw new ExitError(exitCode.usage, `This would ${stop}delete ${what}; run it again with --yes to do it.`);
  print(`Deleting ${what}`);
  for (const urn of state.protectedGroups) await runPulumi(["state", "unprotect", urn, "--stack", stack, "--yes"]);
  const destroy = async () => {
    await removeRemains(outputs.region, own, signal, print);
    signal.throwIfAborted();
    const ended = await runPulumi(["destroy", "--stack", stack, "--yes"], signal);
    signal.throwIfAborted();
    return ended;
  };
  let code = await destroy();
  // Pulumi deletes the schedules first, but one may have started an execution before that.
  if (code !== 0 && Object.values(await stackRemains(outputs.region, own)).flat().length > 0) {
    print("An execution was started in the meantime; stopping it and destroying the rest");
    code = await destroy();
  }
  if (code !== 0)
    throw new ExitError(
      exitCode.aws,
      `pulumi destroy exited with ${code}; its output is above. Fix the cause and run this again.`,
    );
}
