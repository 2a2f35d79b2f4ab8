import { definitionBody, definitionText, type Pipeline, renderDefinition } from "#language";
import { ExitError, exitCode } from "../exit-code.ts";
import { loadPipeline, pipelineNames } from "../pipelines/catalog.ts";
import { thrownError } from "../pipelines/thrown.ts";
import { defaultQuotas, type Quotas } from "../service-model/limits.ts";
import { inputText } from "./command/input-text.ts";
import { parseOptions } from "./command/options.ts";
import { runCommand } from "./command/run-command.ts";
import { environmentContext } from "./definition/environment-context.ts";

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
  --quota NAME=NUMBER   for definitions in files: a quota that AWS has raised for the account, such as steps=100

Environment: AWS_REGION (us-east-1), ARTIFACT_BUCKET, SAGEMAKER_PIPELINE_ROLE_ARN. Where they are not set, names of the
account 111122223333 stand for them.
`;

async function fromFile(option: string, file: string, quotas: Partial<Quotas>): Promise<Pipeline> {
  const { readDefinition } = await import("../language/read/read-definition.ts");
  return readDefinition(inputText(option, file), { name: "definition", quotas });
}

/** Quotas of an account by `name=number`. */
function parseQuotas(pairs: readonly string[]): Partial<Quotas> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, name = "", value] = /^(\w+)=([1-9]\d*)$/.exec(pair) ?? [];
      if (!Object.hasOwn(defaultQuotas, name))
        throw new ExitError(
          exitCode.usage,
          `--quota takes NAME=NUMBER, not "${pair}"; the names are ${Object.keys(defaultQuotas).join(", ")}.`,
        );
      return [name, Number(value)];
    }),
  );
}

async function fromFolder(name: string): Promise<Pipeline> {
  if (!pipelineNames().includes(name))
    throw new ExitError(exitCode.usage, `There is no pipeline "${name}"; there are: ${pipelineNames().join(", ")}.`);
  const getPipeline = await loadPipeline(name);
  return getPipeline(environmentContext(name, process.env)).pipeline;
}

/** What to print of a pipeline, checked in any case: for its mistakes, and its length as SageMaker gets it. */
async function output(
  pipeline: Pipeline,
  asGraph: boolean,
  earlier: string | undefined,
  quotas: Partial<Quotas>,
): Promise<string> {
  definitionBody(pipeline);
  if (asGraph) return (await import("../language/mermaid.ts")).mermaid(pipeline);
  if (earlier === undefined) return definitionText(renderDefinition(pipeline), 2);
  const { definitionDifference } = await import("../language/difference/definition-difference.ts");
  const { differenceText } = await import("../language/difference/difference-text.ts");
  return differenceText(definitionDifference(await fromFile("diff", earlier, quotas), pipeline)).trimEnd();
}

async function main(): Promise<number> {
  const options = parseOptions(help, {
    pipeline: { type: "string" },
    from: { type: "string" },
    mermaid: { type: "boolean" },
    diff: { type: "string" },
    quota: { type: "string", multiple: true, default: [] },
  });
  const { pipeline: name, from, mermaid, diff } = options;
  const quotas = parseQuotas(options.quota);
  const usage = (message: string) => new ExitError(exitCode.usage, message);
  if (name === undefined && from === undefined)
    throw usage(`--pipeline is missing; give one of: ${pipelineNames().join(", ")}, or a definition with --from FILE.`);
  if (name !== undefined && from !== undefined) throw usage("--pipeline and --from are both given; give one of them.");
  if (mermaid && diff !== undefined) throw usage("--mermaid and --diff are both given; give one of them.");
  if (from === "-" && diff === "-") throw usage("--from and --diff both read standard input; give one of them a file.");
  if (options.quota.length > 0 && from === undefined && diff === undefined)
    throw usage("--quota is for definitions in files; a pipeline of pipelines/ has its quotas in its pipeline.ts.");
  try {
    const pipeline = from === undefined ? await fromFolder(name ?? "") : await fromFile("from", from, quotas);
    process.stdout.write(`${await output(pipeline, mermaid === true, diff, quotas)}\n`);
  } catch (error) {
    if (error instanceof ExitError) throw error;
    throw new ExitError(exitCode.usage, thrownError(error).message, { cause: error });
  }
  return exitCode.pass;
}

await runCommand(main);
