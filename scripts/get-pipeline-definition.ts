import { definitionBody, definitionText, type Pipeline, renderDefinition } from "#language";
import { ExitError, exitCode } from "../exit-code.ts";
import { loadPipeline, pipelineNames } from "../pipelines/catalog.ts";
import { thrownError } from "../pipelines/thrown-error.ts";
import { inputText } from "./command/input-text.ts";
import { parseOptions } from "./command/options.ts";
import { runCommand } from "./command/run-command.ts";
import { type DefinitionRequest, definitionOptions, definitionRequest } from "./definition/definition-request.ts";
import { environmentContext } from "./definition/environment-context.ts";

const help = `
Checks a pipeline and prints its definition as JSON on standard output. Needs no AWS, no credentials, no network.

  npm run -s get-pipeline-definition -- --pipeline abalone
  npm run -s get-pipeline-definition -- --from definition.json --mermaid
  npm run -s get-pipeline-definition -- --pipeline abalone --diff deployed.json

  --pipeline NAME   the folder below pipelines/ (here: ${pipelineNames().join(", ")})
  --from FILE       reads any definition instead (- for standard input) and checks it by the same rules
  --mermaid         prints the graph of the steps as a Mermaid flow chart instead
  --diff FILE       prints instead the differences from the definition in FILE (- for standard input), and the steps that
                    the next execution takes from the step cache
  --quota NAME=NUMBER   for definitions in files: a quota that AWS has raised for the account, such as steps=100
  --allow NAME      for definitions in files: a member or value that AWS has and this repository's model of it lacks, such as
                    a new instance type

Environment: AWS_REGION (default us-east-1), ARTIFACT_BUCKET, SAGEMAKER_PIPELINE_ROLE_ARN. Without the last two, the
definition has names in the example account 111122223333.
`;

async function fromFile(option: string, file: string, { quotas, allow }: DefinitionRequest): Promise<Pipeline> {
  const { readDefinition } = await import("../language/read/read-definition.ts");
  return readDefinition(inputText(option, file), { name: "definition", quotas, allow });
}

async function fromFolder(name: string): Promise<Pipeline> {
  if (!pipelineNames().includes(name))
    throw new ExitError(exitCode.usage, `There is no pipeline "${name}"; there are: ${pipelineNames().join(", ")}.`);
  const getPipeline = await loadPipeline(name);
  return getPipeline(environmentContext(name, process.env)).pipeline;
}

/** Returns the text to print. Always checks the pipeline, including the length of the JSON that SageMaker gets. */
async function output(request: DefinitionRequest): Promise<string> {
  const { source, form } = request;
  const pipeline =
    source.kind === "folder" ? await fromFolder(source.name) : await fromFile("from", source.file, request);
  definitionBody(pipeline);
  switch (form.kind) {
    case "graph":
      return (await import("../language/mermaid.ts")).mermaid(pipeline);
    case "json":
      return definitionText(renderDefinition(pipeline), 2);
    case "difference": {
      const { definitionDifference } = await import("../language/difference/definition-difference.ts");
      const { differenceText } = await import("../language/difference/difference-text.ts");
      return differenceText(definitionDifference(await fromFile("diff", form.file, request), pipeline)).trimEnd();
    }
  }
}

await runCommand(async () => {
  const request = definitionRequest(parseOptions(help, definitionOptions));
  try {
    process.stdout.write(`${await output(request)}\n`);
  } catch (error) {
    if (error instanceof ExitError) throw error;
    throw new ExitError(exitCode.usage, thrownError(error).message, { cause: error });
  }
  return exitCode.pass;
});
