import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { StackOutputs } from "../stack-outputs.ts";
import { ExitError, exitCode } from "./command/exit-code.ts";
import { parseOptions } from "./command/options.ts";
import { runCommand } from "./command/run-command.ts";
import { awsClients } from "./execution/aws-clients.ts";
import { aws } from "./execution/aws-error.ts";
import { PulumiError, pulumiOutput, runPulumi } from "./stack/pulumi-cli.ts";
import { readOutputs } from "./stack/read-outputs.ts";
import { deleteModels, registeredModels } from "./stack/registered-models.ts";

const help = `
Destroys a stack that is configured as one that may be (forceDestroy: true): deletes its registered models, which AWS would
keep their group for, then everything else (pulumi destroy), the bucket with every version of what is in it. A bucket and
groups of models that were there before the stack stay as they are.

  npm run -s destroy-dev-stack -- --stack dev --yes

A stack whose first pulumi up did not end has no outputs and no models: pulumi destroy alone destroys it.

  --stack NAME   the stack
  --yes          do it; without it, it says what would be deleted
`;

/** Whether the stack's configuration allows that everything in it is deleted. */
async function isDisposable(stack: string): Promise<boolean> {
  const value = await pulumiOutput(["config", "get", "forceDestroy", "--stack", stack]).catch((error: unknown) => {
    if (error instanceof PulumiError && /not found/.test(error.message)) return "false";
    throw error;
  });
  return value.trim() === "true";
}

/**
 * Deletes nothing, and has Pulumi destroy nothing, with the credentials of another account: what it does not find there,
 * Pulumi would take for destroyed.
 *
 * @throws ExitError (2)
 */
async function checkAccount(stack: string, { account, region }: StackOutputs): Promise<void> {
  const { Account: own } = await aws("Finding out whose the credentials are", () =>
    new STSClient({ region }).send(new GetCallerIdentityCommand()),
  );
  if (own !== account)
    throw new ExitError(
      exitCode.usage,
      `The stack ${stack} is in account ${account}, the credentials are of ${own}; use the right profile.`,
    );
}

async function main(): Promise<number> {
  const { stack, yes } = parseOptions(help, { stack: { type: "string" }, yes: { type: "boolean" } });
  if (stack === undefined) throw new ExitError(exitCode.usage, "--stack is missing; give the name of a dev stack.");
  const outputs = (await isDisposable(stack)) ? await readOutputs({ stack }) : undefined;
  if (outputs?.forceDestroy !== true)
    throw new ExitError(
      exitCode.usage,
      `The stack ${stack} keeps its models: set forceDestroy to true, run pulumi up, and run this again to lose them.`,
    );
  await checkAccount(stack, outputs);
  const { sagemaker } = awsClients(outputs.region);
  const groups = Object.values(outputs.pipelines).flatMap(({ modelPackageGroup, ownsModelPackageGroup }) =>
    ownsModelPackageGroup ? modelPackageGroup : [],
  );
  const models = (await Promise.all(groups.map((group) => registeredModels(sagemaker, group)))).flat();
  const bucket = outputs.ownsArtifactBucket ? `everything in s3://${outputs.artifactBucket}` : "the stack's resources";
  const what = `${models.length} registered models in account ${outputs.account}, and ${bucket}`;
  if (yes !== true) throw new ExitError(exitCode.usage, `This would delete ${what}; run it again with --yes to do it.`);
  console.log(`Deleting ${what}`);
  await deleteModels(sagemaker, models);
  const code = await runPulumi(["destroy", "--stack", stack, "--yes"]);
  if (code !== 0)
    throw new ExitError(
      exitCode.aws,
      `pulumi destroy ended with ${code}; what it said is above. Mend it and run this again.`,
    );
  return exitCode.pass;
}

await runCommand(() =>
  main().catch((error: unknown) => {
    if (!(error instanceof PulumiError)) throw error;
    throw new ExitError(exitCode.usage, `The stack cannot be read: ${error.message}. Install pulumi and log in.`);
  }),
);
