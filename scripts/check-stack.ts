import { awsClients } from "../aws/clients.ts";
import { checkPipelines } from "../check/check-pipelines.ts";
import { noBaseline, parseBaseline } from "../check/execution/baseline-option.ts";
import { commandOrigin } from "../check/execution/command-origin.ts";
import { choiceHelp, choiceOptions, executionChoice } from "../check/execution/execution-choice.ts";
import { parseThresholds, thresholdHelp, thresholdOptions } from "../check/gate/threshold-options.ts";
import { handOver, highestExitCode } from "../check/hand-over.ts";
import { reportFolder } from "../check/report/report-files.mjs";
import { reported } from "../check/report/reported.ts";
import { stopOwnExecution } from "../check/stop-own-execution.ts";
import { exitCode } from "../exit-code.ts";
import { parseOptions, parseParameters } from "./command/options.ts";
import { runCommand } from "./command/run-command.ts";
import { parseTimeout, timeoutOption } from "./command/timeout-option.ts";
import { repository } from "./local-stack/folders.ts";
import { gatedPipelines, requireOnePipeline } from "./stack/gated-pipelines.ts";
import { readOutputs, stackHelp, stackOptions } from "./stack/read-outputs.ts";

const help = `
The stack check: runs each deployed pipeline that has a gate, compares its model with the latest approved one on the same
rows, writes a report, and ends with an exit code for the verdict, the highest one of several pipelines. A second check with
the same pipeline, parameters, sources and CI run follows the same execution until its verdict is reported. After that, a
check starts a new execution only if a step of it would run; otherwise it judges the last execution again.

  npm run -s check-stack -- --stack dev

  ${stackHelp}
  --parameter Name=Value   a value for a pipeline parameter; may be repeated
  --parameters TEXT        the same, for workflows: any number of Name=Value with white space between them
  ${thresholdHelp}
  --baseline ARN           the model package to compare with instead of the latest approved one. With "none" only the ceiling
                           decides, also about a model that is already approved
  ${choiceHelp}
  --always                 starts an execution even if no step would run
  --no-start               judges the latest execution instead of starting one
  --timeout MINUTES        how long to wait for the end of all executions (default 240)
  --hand-over FILE         for workflows: notes unfinished=true or false in FILE. If the execution still runs at the deadline, or
                           AWS refuses the credentials meanwhile, it exits with 0, and a check in a later job of the same
                           workflow run follows the execution
  --stop                   checks nothing, and stops the running execution that a check with these options would follow
  --report DIR             the folder for report.html, report.md and report.json (default .local/report); with several
                           pipelines, each has its own folder below it, and report.html lists them

Exit code: 0 pass, 1 regression or over the ceiling, 2 usage or configuration, 3 execution failed or stopped,
4 deadline passed, 5 evaluation or baseline unreadable or not comparable, 6 AWS or credentials, 129/130/143 signal.
`;

/** The options about one pipeline's execution, parameters or metric. */
const meantForOne = [
  ...(["execution", "from-step", "retry", "baseline", "parameter"] as const),
  ...(Object.keys(thresholdOptions) as (keyof typeof thresholdOptions)[]),
] as const;

/** Tells whether the user gave an option. `--baseline none` is meant for any number of pipelines. */
function isGiven(value: string | boolean | readonly string[] | undefined): boolean {
  return (
    value !== undefined && value !== false && value !== noBaseline && !(Array.isArray(value) && value.length === 0)
  );
}

await runCommand(
  reported(reportFolder(process.argv.slice(2)), async (signal, pending) => {
    const { parameters: listed, ...options } = parseOptions(help, {
      ...{ ...stackOptions, ...choiceOptions, ...thresholdOptions, ...timeoutOption },
      parameter: { type: "string", multiple: true, default: [] },
      parameters: { type: "string", default: "" },
      report: { type: "string", default: ".local/report" },
      always: { type: "boolean", default: false },
      stop: { type: "boolean", default: false },
      "hand-over": { type: "string" },
    });
    options.parameter.push(...listed.split(/\s+/).filter((pair) => pair !== ""));
    const baseline = parseBaseline(options.baseline);
    const given = {
      ...{ baseline, signal, print: (line: string) => console.log(line) },
      choice: executionChoice({ ...options, baseline }),
      parameters: parseParameters(options.parameter),
      thresholds: parseThresholds(options),
      reuse: !options.always,
      timeout: parseTimeout(options.timeout),
    };
    const outputs = await readOutputs(options);
    const gated = gatedPipelines(outputs, options.pipeline, given.print);
    requireOnePipeline(
      meantForOne.filter((name) => isGiven(options[name])).map((name) => `--${name}`),
      gated.map(({ folder }) => folder),
    );
    const stack = {
      ...{ outputs, clients: awsClients(outputs.region) },
      origin: await commandOrigin(repository, process.env),
    };
    const checks = gated.map(({ folder, pipeline }) => {
      const tree = pipeline.context && { folder, context: pipeline.context };
      return { folder, options: { ...given, ...stack, pipeline, tree } };
    });
    if (options.stop) {
      for (const { options: own } of checks) await stopOwnExecution(own);
      return exitCode.pass;
    }
    const outcomes = await checkPipelines(checks, checks.length > 1, pending, given.print);
    const { "hand-over": file } = options;
    return file === undefined ? highestExitCode(outcomes) : handOver(outcomes, file, given.print);
  }),
);
