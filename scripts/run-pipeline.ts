import { awsClients } from "../aws/clients.ts";
import { commandOrigin } from "../check/execution/command-origin.ts";
import { choiceHelp, choiceOptions, executionChoice } from "../check/execution/execution-choice.ts";
import { runPipeline } from "../check/run-pipeline.ts";
import { parseOptions, parseParameters } from "./command/options.ts";
import { runCommand } from "./command/run-command.ts";
import { parseTimeout, timeoutOption } from "./command/timeout-option.ts";
import { repository } from "./local-stack/folders.ts";
import { readOutputs, selectFolder, stackHelp, stackOptions } from "./stack/read-outputs.ts";

const help = `
Starts an execution of a deployed pipeline, follows it and prints its steps. While the execution is running, a second command
with the same pipeline, parameters, sources and CI run follows it instead of starting another one.

  npm run -s run-pipeline -- --pipeline abalone [--parameter Name=Value]...

  ${stackHelp}
  --parameter Name=Value   a value for a pipeline parameter; may be repeated
  ${choiceHelp}
  --timeout MINUTES        how long to wait for the execution's end (default 240)

Exit code: 0 succeeded, 2 usage or configuration, 3 failed or stopped, 4 deadline passed, 6 AWS, 129/130/143 signal.
`;

const print = (line: string) => console.log(line);

await runCommand(async (signal) => {
  const { "no-start": _judges, baseline: _compares, ...choosing } = choiceOptions;
  const options = parseOptions(help, {
    ...{ ...stackOptions, ...choosing, ...timeoutOption },
    parameter: { type: "string", multiple: true, default: [] },
  });
  const [choice, parameters] = [executionChoice(options), parseParameters(options.parameter)];
  const timeout = parseTimeout(options.timeout);
  const outputs = await readOutputs(options);
  const { folder, pipeline } = selectFolder(outputs, options.pipeline);
  return runPipeline({
    ...{ clients: awsClients(outputs.region), choice, parameters, signal, print, timeout, pipeline },
    tree: pipeline.context && { folder, context: pipeline.context },
    origin: await commandOrigin(repository, process.env),
  });
});
