import { relative } from "node:path";
import { noBaseline, parseBaseline } from "../check/execution/baseline-option.ts";
import { type PendingReport, reported } from "../check/report/reported.ts";
import { ExitError, exitCode } from "../exit-code.ts";
import { startEndpoint } from "../local/endpoint.ts";
import { clientEnvironment } from "../local/state/process-environment.ts";
import { local } from "./command/local-error.ts";
import { parseOptions, parseParameters } from "./command/options.ts";
import { runCommand } from "./command/run-command.ts";
import { checkDeployed, type StartRequest } from "./local-stack/check-deployed.ts";
import { deployStack } from "./local-stack/deploy-stack.ts";
import { localFolders } from "./local-stack/folders.ts";
import { requireSuitableData } from "./local-stack/input-data.ts";
import { preparePythons } from "./local-stack/prepare.ts";
import { watchPipeline } from "./local-stack/watch-pipeline.ts";
import { type TreePipeline, treePipelines } from "./local-stack/working-tree.ts";
import { requireOnePipeline } from "./stack/gated-pipelines.ts";

const help = `
Trains and checks the pipelines on this machine, with no AWS account: installs what is missing, starts the local endpoint,
deploys index.ts to it, uploads each pipeline's sample data, and runs the stack check of each pipeline that has a gate.

  npm start
  npm start -- --pipeline abalone --file more-abalone.csv
  npm start -- --pipeline abalone --watch

  --pipeline NAME          checks only this pipeline; if it has no gate, runs it and follows it
  --file FILE              the data to train with, in place of the pipeline's sample data
  --parameter Name=Value   a value for a pipeline parameter; may be repeated
  --baseline ARN           the model package to compare with instead of the latest approved one. With "none" only the ceiling
                           decides
  --reset                  deletes earlier executions and models first
  --watch                  checks the pipeline again after each save in its folder, until Ctrl-C; needs --pipeline
  --yes                    deletes the registered models of pipelines that are gone, without a question

Exit code, as of the stack check: 0 pass, 1 regression or over the ceiling, 2 usage, configuration or this machine,
3 execution failed, 4 deadline passed, 5 evaluation unreadable, 6 network or AWS, 129/130/143 signal. After several checks it
is the highest one.
`;

const print = (line: string) => console.log(line);

interface Options {
  readonly pipeline?: string | undefined;
  readonly file?: string | undefined;
  readonly parameter: readonly string[];
  readonly baseline?: string | undefined;
  readonly watch: boolean;
}

/**
 * Reads the options and checks them against the pipelines of the working tree.
 *
 * @throws ExitError (2) for an option that cannot be followed
 */
async function startRequest(
  options: Options,
  tree: readonly TreePipeline[],
): Promise<Omit<StartRequest, "signal" | "print">> {
  const { pipeline, file } = options;
  const parameters = parseParameters(options.parameter);
  const baseline = parseBaseline(options.baseline);
  const folders = tree.map(({ folder }) => folder);
  if (pipeline !== undefined && !folders.includes(pipeline))
    throw new ExitError(exitCode.usage, `There is no pipeline "${pipeline}"; there are: ${folders.join(", ")}.`);
  if (options.watch && pipeline === undefined)
    throw new ExitError(exitCode.usage, `--watch needs --pipeline with one of: ${folders.join(", ")}.`);
  const gated = tree.filter(({ gate }) => gate !== undefined).map(({ folder }) => folder);
  const meantForOne = [
    file === undefined ? [] : "--file",
    options.parameter.length === 0 ? [] : "--parameter",
    baseline === undefined || baseline === noBaseline ? [] : "--baseline",
  ].flat();
  if (pipeline === undefined) requireOnePipeline(meantForOne, gated);
  const chosen = tree.find(({ folder }) => folder === (pipeline ?? gated[0]));
  if (chosen !== undefined) await requireSuitableData(chosen, { file, parameters });
  return { pipeline, file, parameters, baseline };
}

const start = reported(localFolders.report, async (signal, pending) => {
  const { reset, yes, ...options } = parseOptions(help, {
    pipeline: { type: "string" },
    file: { type: "string" },
    parameter: { type: "string", multiple: true, default: [] },
    baseline: { type: "string" },
    reset: { type: "boolean", default: false },
    watch: { type: "boolean", default: false },
    yes: { type: "boolean", default: false },
  });
  const tree = await treePipelines();
  const request = await startRequest(options, tree);
  return local(async () => {
    const pythons = await preparePythons(signal, print);
    const endpoint = await startEndpoint({
      ...{ port: 0, state: localFolders.state, pythons, reset },
      // A call that the execution role does not allow fails here as it would on AWS.
      authorize: true,
      allow: tree.flatMap(({ pipeline }) => pipeline?.allow ?? []),
      log: (line) => console.error(line),
    });
    try {
      print(`Local endpoint at ${endpoint.url}, state in ${relative(process.cwd(), localFolders.state)}`);
      signal.throwIfAborted();
      // From here on this process sends every AWS call to the endpoint.
      process.env = clientEnvironment(endpoint.url, "us-east-1", process.env);
      const check = async (report: PendingReport) => {
        const outputs = await deployStack(endpoint.url, { yes, signal, print });
        return checkDeployed(outputs, { ...request, signal, print }, report);
      };
      const { pipeline, file } = request;
      if (!options.watch || pipeline === undefined) return await check(pending);
      return await watchPipeline({ pipeline, file, signal, print }, pending, check);
    } finally {
      await endpoint.close();
    }
  });
});

await runCommand(start);
