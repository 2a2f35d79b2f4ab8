import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { type AwsClients, awsClients } from "../aws/clients.ts";
import { aws } from "../aws/error.ts";
import { ExitError, exitCode } from "../exit-code.ts";
import type { StackOutputs } from "../stack-outputs.ts";
import { parseOptions } from "./command/options.ts";
import { runCommand } from "./command/run-command.ts";
import { PulumiError, pulumiOutput, runPulumi } from "./stack/pulumi-cli.ts";
import { readOutputs } from "./stack/read-outputs.ts";
import { deleteModels, registeredModels } from "./stack/registered-models.ts";
import { endExecutions, runningExecutions } from "./stack/running-executions.ts";

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

/** Time for the end of executions that are stopped, in milliseconds: a job has two minutes to end, and more are started. */
const stopTimeout = 15 * 60_000;

/** What AWS keeps a stack's pipelines and groups for. */
class Remains {
  readonly #clients: AwsClients;
  readonly #pipelineNames: readonly string[];
  readonly #groups: readonly string[];

  constructor({ pipelines, region }: StackOutputs) {
    this.#clients = awsClients(region);
    this.#pipelineNames = Object.values(pipelines).map(({ name }) => name);
    this.#groups = Object.values(pipelines).flatMap(({ modelPackageGroup, ownsModelPackageGroup }) =>
      ownsModelPackageGroup ? modelPackageGroup : [],
    );
  }

  executions() {
    return runningExecutions(this.#clients.sagemaker, this.#pipelineNames);
  }

  async models(): Promise<readonly string[]> {
    return (await Promise.all(this.#groups.map((group) => registeredModels(this.#clients.sagemaker, group)))).flat();
  }

  /** The executions first: one that runs may still register a model. */
  async remove(signal: AbortSignal): Promise<void> {
    const { sagemaker, clock, isLocal } = this.#clients;
    await endExecutions({
      ...{ sagemaker, clock, pipelineNames: this.#pipelineNames, signal },
      ...{ deadline: clock.now() + stopTimeout, interval: isLocal ? 250 : 5000 },
      onStopping: (arn) => console.log(`Stopping ${arn}`),
    });
    await deleteModels(sagemaker, await this.models(), signal);
  }
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

async function main(signal: AbortSignal): Promise<number> {
  const { stack, yes } = parseOptions(help, { stack: { type: "string" }, yes: { type: "boolean" } });
  if (stack === undefined) throw new ExitError(exitCode.usage, "--stack is missing; give the name of a dev stack.");
  const outputs = (await isDisposable(stack)) ? await readOutputs({ stack }) : undefined;
  if (outputs?.forceDestroy !== true)
    throw new ExitError(
      exitCode.usage,
      `The stack ${stack} keeps its models: set forceDestroy to true, run pulumi up, and run this again to lose them.`,
    );
  await checkAccount(stack, outputs);
  const remains = new Remains(outputs);
  const [executions, models] = [await remains.executions(), await remains.models()];
  const bucket = outputs.ownsArtifactBucket ? `everything in s3://${outputs.artifactBucket}` : "the stack's resources";
  const what = `${counted(models.length, "registered model")} in account ${outputs.account}, and ${bucket}`;
  const stop = executions.length === 0 ? "" : `stop ${counted(executions.length, "running execution")}, and `;
  if (yes !== true)
    throw new ExitError(exitCode.usage, `This would ${stop}delete ${what}; run it again with --yes to do it.`);
  console.log(`Deleting ${what}`);
  const destroy = async () => {
    await remains.remove(signal);
    signal.throwIfAborted();
    const ended = await runPulumi(["destroy", "--stack", stack, "--yes"]);
    signal.throwIfAborted();
    return ended;
  };
  let code = await destroy();
  // Pulumi deletes the schedules first, but one may have started an execution before that.
  if (code !== 0 && [...(await remains.executions()), ...(await remains.models())].length > 0) {
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
