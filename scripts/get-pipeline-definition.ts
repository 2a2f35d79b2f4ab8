import { readFileSync } from "node:fs";
import { loadPipeline, pipelineNames } from "../pipelines/catalog.ts";
import { definitionText, type Pipeline, renderDefinition } from "../pipelines/sagemaker/index.ts";
import type { PipelineContext } from "../pipelines/training-pipeline.ts";
import { ExitError, exitCode } from "./command/exit-code.ts";
import { parseOptions } from "./command/options.ts";
import { runCommand } from "./command/run-command.ts";

const help = `
Checks a pipeline and prints its definition as JSON on standard output. Needs no AWS, no credentials, no network.

  npm run -s get-pipeline-definition -- --pipeline abalone
  npm run -s get-pipeline-definition -- --from definition.json --mermaid
  npm run -s get-pipeline-definition -- --pipeline abalone --diff deployed.json

  --pipeline NAME   the folder below pipelines/ (here: ${pipelineNames().join(", ")})
  --from FILE       a definition instead, of whatever origin (- for standard input), checked by the same rules
  --mermaid         prints the graph of its steps as a Mermaid flow chart instead
  --diff FILE       prints instead what is different from the definition in FILE (- for standard input), and which steps
                    the next execution takes from the cache

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

/** The text of a file, or of standard input for `-`. */
function textOf(option: string, file: string): string {
  try {
    return readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ExitError(
      exitCode.usage,
      `--${option} ${file} cannot be read (${code}); give a file, or - for standard input.`,
    );
  }
}

async function fromFile(option: string, file: string): Promise<Pipeline> {
  const { readDefinition } = await import("../pipelines/sagemaker/read/read-definition.ts");
  return readDefinition(textOf(option, file), { name: "definition" });
}

async function fromFolder(name: string): Promise<Pipeline> {
  if (!pipelineNames().includes(name))
    throw new ExitError(exitCode.usage, `There is no pipeline "${name}"; there are: ${pipelineNames().join(", ")}.`);
  const getPipeline = await loadPipeline(name);
  return getPipeline(contextFromEnvironment(name, process.env)).pipeline;
}

/** What to print of a pipeline, checked in any case. */
async function output(pipeline: Pipeline, asGraph: boolean, earlier: string | undefined): Promise<string> {
  const text = definitionText(renderDefinition(pipeline), 2);
  if (asGraph) return (await import("../pipelines/sagemaker/mermaid.ts")).mermaid(pipeline);
  if (earlier === undefined) return text;
  const { definitionDifference } = await import("../pipelines/sagemaker/difference/definition-difference.ts");
  const { differenceText } = await import("../pipelines/sagemaker/difference/difference-text.ts");
  return differenceText(definitionDifference(await fromFile("diff", earlier), pipeline)).trimEnd();
}

async function main(): Promise<number> {
  const {
    pipeline: name,
    from,
    mermaid,
    diff,
  } = parseOptions(help, {
    pipeline: { type: "string" },
    from: { type: "string" },
    mermaid: { type: "boolean" },
    diff: { type: "string" },
  });
  const usage = (message: string) => new ExitError(exitCode.usage, message);
  if (name === undefined && from === undefined)
    throw usage(`--pipeline is missing; give one of: ${pipelineNames().join(", ")}, or a definition with --from FILE.`);
  if (name !== undefined && from !== undefined) throw usage("--pipeline and --from are both given; give one of them.");
  if (mermaid && diff !== undefined) throw usage("--mermaid and --diff are both given; give one of them.");
  if (from === "-" && diff === "-") throw usage("--from and --diff both read standard input; give one of them a file.");
  try {
    const pipeline = from === undefined ? await fromFolder(name ?? "") : await fromFile("from", from);
    process.stdout.write(`${await output(pipeline, mermaid === true, diff)}\n`);
  } catch (error) {
    if (error instanceof ExitError) throw error;
    throw new ExitError(exitCode.usage, (error as Error).message, { cause: error });
  }
  return exitCode.pass;
}

await runCommand(main);
