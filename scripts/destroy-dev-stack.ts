import { checkAccount } from "../check/teardown/check-account.ts";
import { removeRemains, stackRemains } from "../check/teardown/stack-remains.ts";
import { ExitError, exitCode } from "../exit-code.ts";
import { parseOptions } from "./command/options.ts";
import { runCommand } from "./command/run-command.ts";
import { PulumiError, runPulumi, stackConfig } from "./stack/pulumi-cli.ts";
import { readOutputs } from "./stack/read-outputs.ts";

const help = `
Destroys a stack that is configured as one that may be (forceDestroy: true): stops the executions of its pipelines and waits
for their end, as AWS deletes no pipeline that runs; deletes its registered models, which AWS would keep their group for; then
everything else (pulumi destroy), the bucket with every version of what is in it. A bucket and groups of models that were there
before the stack stay as they are. Where it was interrupted it goes on when it is run again.

  npm run -s destroy-dev-stack -- --stack dev --yes

A stack whose first pulumi up did not end has no outputs and no models: pulumi destroy alone destroys it.

  --stack NAME   the stack
  --yes          do it; without it, it says what would be deleted
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
      `The stack ${stack} keeps its models: set forceDestroy to true, run pulumi up, and run this again to lose them.`,
    );
  await checkAccount(stack, outputs);
  const { executions, models } = await stackRemains(outputs);
  const bucket = outputs.ownsArtifactBucket ? `everything in s3://${outputs.artifactBucket}` : "the stack's resources";
  const what = `${counted(models.length, "registered model")} in account ${outputs.account}, and ${bucket}`;
  const stop = executions.length === 0 ? "" : `stop ${counted(executions.length, "running execution")}, and `;
  if (yes !== true)
    throw new ExitError(exitCode.usage, `This would ${stop}delete ${what}; run it again with --yes to do it.`);
  console.log(`Deleting ${what}`);
  const destroy = async () => {
    await removeRemains(outputs, signal, (line) => console.log(line));
    signal.throwIfAborted();
    const ended = await runPulumi(["destroy", "--stack", stack, "--yes"]);
    signal.throwIfAborted();
    return ended;
  };
  let code = await destroy();
  // Pulumi deletes the schedules first, but one may have started an execution before that.
  if (code !== 0 && Object.values(await stackRemains(outputs)).flat().length > 0) {
    console.log("An execution was started meanwhile; stopping it, and destroying what is left");
    code = await destroy();
  }
  if (code !== 0)
    throw new ExitError(
      exitCode.aws,
      `pulumi destroy ended with ${code}; what it said is above. Mend it and run this again.`,
    );
  return exitCode.pass;
}

await runCommand((signal) =>
  main(signal).catch((error: unknown) => {
    if (!(error instanceof PulumiError)) throw error;
    throw new ExitError(exitCode.usage, `The stack cannot be read: ${error.message}. Install pulumi and log in.`);
  }),
);
