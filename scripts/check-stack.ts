import { parseOptions, parseParameters } from "./command/options.ts";
import { runCommand } from "./command/run-command.ts";
import { awsClients } from "./execution/aws-clients.ts";
import { reportedCheck } from "./gate/reported-check.ts";
import { reported, reportFolder } from "./report/reported.ts";
import { readOutputs, selectPipeline, stackHelp, stackOptions } from "./stack/read-outputs.ts";

const help = `
The stack check: runs the deployed pipeline, compares its model with the latest approved one on the same rows, reports,
and ends with an exit code that means one thing.

  npm run -s check-stack -- --stack dev

  ${stackHelp}
  --parameter Name=Value   a value for a pipeline parameter; may be repeated
  --timeout MINUTES        how long to wait for the end (default 240)
  --report DIR             where report.html, report.md and report.json go (default .local/report)

Exit code: 0 pass, 1 regression or over the ceiling, 2 usage or configuration, 3 execution failed or stopped,
4 deadline passed, 5 evaluation or baseline unreadable or not comparable, 6 AWS or credentials, 129/130/143 signal.
`;

const check = reported(reportFolder(), async (signal, pending) => {
  const options = parseOptions(help, {
    ...stackOptions,
    parameter: { type: "string", multiple: true, default: [] },
    timeout: { type: "string", default: "240" },
    report: { type: "string", default: ".local/report" },
  });
  const outputs = await readOutputs(options);
  return reportedCheck(
    {
      clients: awsClients(outputs.region),
      outputs,
      pipeline: selectPipeline(outputs, options.pipeline),
      parameters: parseParameters(options.parameter),
      timeout: options.timeout,
      signal,
      print: (line) => console.log(line),
    },
    pending,
  );
});

await runCommand(check);
