import { writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { awsClients } from "../aws/clients.ts";
import { checkStack } from "../check/check-stack.ts";
import { commandOrigin } from "../check/execution/command-origin.ts";
import { reported } from "../check/report/reported.ts";
import { ExitError, exitCode } from "../exit-code.ts";
import { deploy } from "../local/deploy/deploy.ts";
import { type Endpoint, startEndpoint } from "../local/endpoint.ts";
import { clientEnvironment } from "../local/state/process-environment.ts";
import { loadPipeline, loadSampleData, pipelineNames } from "../pipelines/catalog.ts";
import { local } from "./command/local-error.ts";
import { parseOptions, parseParameters } from "./command/options.ts";
import { runCommand } from "./command/run-command.ts";
import { uploadData } from "./data/upload.ts";
import { environmentContext } from "./definition/environment-context.ts";
import { localFolders, repository } from "./local-stack/folders.ts";
import { preparePythons } from "./local-stack/prepare.ts";
import { sampleFile } from "./local-stack/sample-file.ts";
import { selectGated } from "./stack/gated-pipelines.ts";
import { parseOutputs } from "./stack/read-outputs.ts";

const help = `
Trains and checks the abalone model on this machine, with no AWS account: installs what is missing, starts the local
endpoint, deploys index.ts to it, uploads the data and runs the stack check.

  npm start

  --parameter Name=Value   a value for a pipeline parameter; may be repeated
                           (npm start -- --parameter MseCeiling=5)
  --reset                  deletes earlier executions and models first

Exit code, as of the stack check: 0 pass, 1 regression or over the ceiling, 2 usage, configuration or this machine,
3 execution failed, 4 deadline passed, 5 evaluation unreadable, 6 network or AWS, 129/130/143 signal.
`;

/** How long the check waits for its execution, in milliseconds. */
const timeout = 60 * 60_000;

const print = (line: string) => console.log(line);

/** Deploys `index.ts` with `Pulumi.local.yaml` to the endpoint, and returns the stack's outputs. */
async function deployStack({ url }: Endpoint, signal: AbortSignal) {
  const stateFile = join(localFolders.state, "deploy.json");
  const { outputs, counts } = await deploy({ folder: repository, stack: "local", stateFile, url, signal });
  const text = JSON.stringify(outputs, null, 2);
  await writeFile(localFolders.outputs, `${text}\n`);
  const { created, updated, deleted, unchanged } = counts;
  print(`Deployed index.ts: ${created} created, ${updated} updated, ${deleted} deleted, ${unchanged} unchanged`);
  return parseOutputs(text);
}

const start = reported(localFolders.report, async (signal, pending) => {
  const options = parseOptions(help, {
    parameter: { type: "string", multiple: true, default: [] },
    reset: { type: "boolean", default: false },
  });
  const parameters = parseParameters(options.parameter);
  return local(async () => {
    const pythons = await preparePythons(signal, print);
    const endpoint = await startEndpoint({
      ...{ port: 0, state: localFolders.state, pythons, reset: options.reset },
      // A call that the execution role does not allow fails here as it would on AWS.
      authorize: true,
      allow: await allowedByPipelines(),
      log: (line) => console.error(line),
    });
    try {
      print(`Local endpoint at ${endpoint.url}, state in ${relative(process.cwd(), localFolders.state)}`);
      signal.throwIfAborted();
      // From here on this process sends every AWS call to the endpoint.
      process.env = clientEnvironment(endpoint.url, "us-east-1", process.env);
      const outputs = await deployStack(endpoint, signal);
      const pipeline = selectGated(outputs, "abalone");
      const clients = awsClients(outputs.region);
      const location = { bucket: outputs.artifactBucket, prefix: pipeline.prefix };
      const sample = await loadSampleData("abalone");
      if (sample === undefined) throw new ExitError(exitCode.usage, "abalone has no sample data.");
      const own = { folder: localFolders.data, pythonFolder: localFolders.python, log: print, signal };
      const InputDataUrl = await uploadData(clients.s3, await sampleFile(sample, own), location);
      print(`Data ${InputDataUrl}`);
      const check = {
        ...{ clients, outputs, pipeline, parameters: { InputDataUrl, ...parameters }, timeout, signal, print },
        choice: { kind: "own" } as const,
        origin: await commandOrigin(repository, process.env),
      };
      return await checkStack(check, pending);
    } finally {
      await endpoint.close();
    }
  });
});

/** Returns what the pipelines allow beyond the service model. The deploy reports a pipeline that cannot be loaded. */
async function allowedByPipelines(): Promise<readonly string[]> {
  const allowed = pipelineNames().map(async (name) => {
    try {
      return (await loadPipeline(name))(environmentContext(name, {})).pipeline.allow;
    } catch {
      return [];
    }
  });
  return (await Promise.all(allowed)).flat();
}

await runCommand(start);
