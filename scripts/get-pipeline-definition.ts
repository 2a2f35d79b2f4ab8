import { loadPipeline, pipelineNames } from "../pipelines/catalog.ts";
import { renderDefinition } from "../pipelines/sagemaker/index.ts";
import type { PipelineContext } from "../pipelines/training-pipeline.ts";
import { ExitError, exitCode } from "./command/exit-code.ts";
import { parseOptions } from "./command/options.ts";
import { runCommand } from "./command/run-command.ts";

const help = `
Prints the definition of a pipeline as JSON on standard output. Needs no AWS, no credentials, no network.

  npm run -s get-pipeline-definition -- --pipeline abalone

  --pipeline NAME   the folder below pipelines/ (here: ${pipelineNames().join(", ")})

Environment: AWS_REGION (us-east-1), ARTIFACT_BUCKET, SAGEMAKER_PIPELINE_ROLE_ARN. Where they are not set, names of the
account 111122223333 stand for them.
`;

const exampleAccount = "111122223333";

/** The context of a definition without a stack: from the original template's variables, else from an example account. */
function contextFromEnvironment(name: string, environment: NodeJS.ProcessEnv): PipelineContext {
  const region = environment["AWS_REGION"] || "us-east-1";
  return {
    region,
    bucket: environment["ARTIFACT_BUCKET"]?.replace(/^arn:[^:]+:s3:::/, "") || `training-${exampleAccount}-${region}`,
    prefix: name,
    roleArn: environment["SAGEMAKER_PIPELINE_ROLE_ARN"] || `arn:aws:iam::${exampleAccount}:role/training-execution`,
    pipelineName: name,
    modelPackageGroupName: name,
  };
}

async function main(): Promise<number> {
  const { pipeline: name } = parseOptions(help, { pipeline: { type: "string" } });
  if (name === undefined)
    throw new ExitError(exitCode.usage, `--pipeline is missing; give one of: ${pipelineNames().join(", ")}.`);
  if (!pipelineNames().includes(name))
    throw new ExitError(exitCode.usage, `There is no pipeline "${name}"; there are: ${pipelineNames().join(", ")}.`);
  const getPipeline = await loadPipeline(name);
  try {
    const { pipeline } = getPipeline(contextFromEnvironment(name, process.env));
    process.stdout.write(`${JSON.stringify(renderDefinition(pipeline), null, 2)}\n`);
  } catch (error) {
    throw new ExitError(exitCode.usage, (error as Error).message, { cause: error });
  }
  return exitCode.pass;
}

await runCommand(main);
