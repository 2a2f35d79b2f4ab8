import { checkAccount } from "../check/teardown/check-account.ts";
import { ownNames } from "../check/teardown/own-names.ts";
import { removeRemains, stackRemains } from "../check/teardown/stack-remains.ts";
import { ExitError, exitCode } from "../exit-code.ts";
import { parseOptions } from "./command/options.ts";
import { runCommand } from "./command/run-command.ts";
import { PulumiError, runPulumi, stackConfig } from "./stack/pulumi-cli.ts";
import { readOutputs } from "./stack/read-outputs.ts";
import { readState } from "./stack/read-state.ts";

const help = `
Destroys a stack that is configured for it (forceDestroy: true). It stops the executions of the stack's pipelines and waits
for their end, because AWS does not delete a pipeline that has a running execution. It deletes the registered models, because
AWS does not delete a model package group that has any; also those of groups that are only left in the state. Then it runs pulumi destroy, which also deletes every object version
in the bucket. A bucket and model package groups that existed before the stack are kept. After an interruption, run it again
to continue.

  npm run -s destroy-dev-stack -- --stack dev --yes

If the stack's first pulumi up did not finish, the stack has no outputs and no models; then use pulumi destroy alone.

  --stack NAME   the stack
  --yes          deletes the stack; without it, the command only says what it would delete
`;

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

async function main(signal: AbortSignal): Promise<number> {
  const { stack, yes } = parseOptions(help, { stack: { type: "string" }, yes: { type: "boolean" } });
  if (stack === undefined) throw new ExitError(exitCode.usage, "--stack is missing; give the name of a dev stack.");
  const { forceDestroy } = await stackConfig(stack);
  const outputs = forceDestroy === "true" ? await readOutputs({ stack }) : undefined;
  if (outputs?.forceDestroy !== true)
    throw new ExitError(
      exitCode.usage,
      `The stack ${stack} keeps its models: to delete them, set forceDestroy to true, run pulumi up, and run this again.`,
    );
  await checkAccount(stack, outputs);
  const state = await readState(stack);
  const own = ownNames(outputs, state);
  const { executions, models } = await stackRemains(outputs.region, own);
  const bucket = outputs.ownsArtifactBucket ? `everything in s3://${outputs.artifactBucket}` : "the stack's resources";
  const what = `${counted(models.length, "registered model")} in account ${outputs.account}, and ${bucket}`;
  const stop = executions.length === 0 ? "" : `stop ${counted(executions.length, "running execution")}, and `;
  if (yes !== true)
    throw new ExitError(exitCode.usage, `This would ${stop}delete ${what}; run it again with --yes to do it.`);
  console.log(`Deleting ${what}`);
  for (const urn of state.protectedGroups) await runPulumi(["state", "unprotect", urn, "--stack", stack, "--yes"]);
  const destroy = async () => {
    await removeRemains(outputs.region, own, signal, (line) => console.log(line));
    signal.throwIfAborted();
    const ended = await runPulumi(["destroy", "--stack", stack, "--yes"]);
    signal.throwIfAborted();
    return ended;
  };
  let code = await destroy();
  // Pulumi deletes the schedules first, but one may have started an execution before that.
  if (code !== 0 && Object.values(await stackRemains(outputs.region, own)).flat().length > 0) {
    console.log("An execution was started in the meantime; stopping it and destroying the rest");
    code = await destroy();
  }
  if (code !== 0)
    throw new ExitError(
      exitCode.aws,
      `pulumi destroy exited with ${code}; its output is above. Fix the cause and run this again.`,
    );
  return exitCode.pass;
}

await runCommand((signal) =>
  main(signal).catch((error: unknown) => {
    if (!(error instanceof PulumiError)) throw error;
    throw new ExitError(exitCode.usage, `The stack cannot be read: ${error.message}. Install pulumi and log in.`);
  }),
);
