import { awsClients } from "../aws/clients.ts";
import { beginRun } from "../check/execution/begin-run.ts";
import { choiceHelp, choiceOptions, executionChoice } from "../check/execution/execution-choice.ts";
import { noteVerdict } from "../check/execution/note-verdict.ts";
import { prepareRun } from "../check/execution/prepare-run.ts";
import { failureText, followRun } from "../check/execution/run-execution.ts";
import { runOrigin } from "../check/execution/run-origin.ts";
import { exitCode } from "../exit-code.ts";
import { parseOptions, parseParameters } from "./command/options.ts";
import { runCommand } from "./command/run-command.ts";
import { repository } from "./local-stack/folders.ts";
import { readOutputs, selectPipeline, stackHelp, stackOptions } from "./stack/read-outputs.ts";

const help = `
Starts an execution of a deployed pipeline, follows it, prints its steps. While it runs, running this again follows the same
one: it is the same with the same pipeline, parameters, sources and CI run.

  npm run -s run-pipeline -- --pipeline abalone [--parameter Name=Value]...

  ${stackHelp}
  --parameter Name=Value   a value for a pipeline parameter; may be repeated
  ${choiceHelp}
  --timeout MINUTES        how long to wait for the end (default 240)

Exit code: 0 succeeded, 2 usage or configuration, 3 failed or stopped, 4 deadline passed, 6 AWS, 129/130/143 signal.
`;

const print = (line: string) => console.log(line);

await runCommand(async (signal) => {
  const { "no-start": _judges, baseline: _compares, ...choosing } = choiceOptions;
  const options = parseOptions(help, {
    ...stackOptions,
    ...choosing,
    parameter: { type: "string", multiple: true, default: [] },
    timeout: { type: "string", default: "240" },
  });
  const [choice, parameters] = [executionChoice(options), parseParameters(options.parameter)];
  const outputs = await readOutputs(options);
  const clients = awsClients(outputs.region);
  const run = await prepareRun({
    ...{ clients, purpose: "run-pipeline", choice, parameters, signal, print, timeout: options.timeout },
    pipeline: selectPipeline(outputs, options.pipeline),
    origin: await runOrigin(repository, process.env),
  });
  const begun = await beginRun(run, { parameters: {}, models: {}, own: [] });
  const execution = await followRun(run, begun);
  if (execution.status !== "Succeeded") print(await failureText(clients, execution));
  // The verdict of a check stays; of a run there is only its end.
  if (begun.note?.purpose === "run-pipeline")
    await noteVerdict(clients, begun, { verdict: execution.status.toLowerCase() }, print);
  return execution.status === "Succeeded" ? exitCode.pass : exitCode.executionFailed;
});
