import { exitCode } from "./command/exit-code.ts";
import { parseOptions, parseParameters } from "./command/options.ts";
import { runCommand } from "./command/run-command.ts";
import { awsClients } from "./execution/aws-clients.ts";
import { failureText, runExecution } from "./execution/run-execution.ts";
import { readOutputs, selectPipeline, stackHelp, stackOptions } from "./stack/read-outputs.ts";

const help = `
Starts an execution of a deployed pipeline, follows it, prints its steps.

  npm run -s run-pipeline -- --pipeline abalone [--parameter Name=Value]...

  ${stackHelp}
  --parameter Name=Value   a value for a pipeline parameter; may be repeated
  --timeout MINUTES        how long to wait for the end (default 240)

Exit code: 0 succeeded, 2 usage or configuration, 3 failed or stopped, 4 deadline passed, 6 AWS, 129/130/143 signal.
`;

const print = (line: string) => console.log(line);

await runCommand(async (signal) => {
  const options = parseOptions(help, {
    ...stackOptions,
    parameter: { type: "string", multiple: true, default: [] },
    timeout: { type: "string", default: "240" },
  });
  const outputs = await readOutputs(options);
  const pipeline = selectPipeline(outputs, options.pipeline);
  const clients = awsClients(outputs.region);
  const execution = await runExecution({
    clients,
    pipelineName: pipeline.name,
    parameters: parseParameters(options.parameter),
    timeout: options.timeout,
    signal,
    print,
  });
  if (execution.status === "Succeeded") return exitCode.pass;
  print(await failureText(clients, execution));
  return exitCode.executionFailed;
});
