import { ExitError, exitCode } from "../command/exit-code.ts";
import { type AwsClients, isLocalEndpoint } from "./aws-clients.ts";
import { type EndedExecution, followExecution, pollInterval } from "./follow-execution.ts";
import { logTail } from "./job-log.ts";
import { startExecution } from "./start-execution.ts";
import { stepProgress } from "./step-progress.ts";
import { stopExecution } from "./stop-execution.ts";

export interface RunOptions {
  readonly clients: AwsClients;
  readonly pipelineName: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Minutes, as given on the command line. */
  readonly timeout: string;
  readonly signal: AbortSignal;
  readonly print: (line: string) => void;
  /** Told the ARN as soon as there is one. */
  readonly onStarted?: (arn: string) => void;
}

function minutes(text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value * 60_000;
  throw new ExitError(exitCode.usage, `--timeout takes minutes as a number above 0, not "${text}".`);
}

/**
 * Starts an execution and follows it to its end, with a line for each change of a step. When `signal` is aborted the
 * execution is stopped.
 *
 * @throws as {@link startExecution} and {@link followExecution}
 */
export async function runExecution(options: RunOptions): Promise<EndedExecution> {
  const { clients, pipelineName, parameters, signal, print } = options;
  const deadline = Date.now() + minutes(options.timeout);
  const arn = await startExecution(clients.sagemaker, pipelineName, parameters);
  options.onStarted?.(arn);
  print(`Execution ${arn}`);
  try {
    signal.throwIfAborted();
    return await followExecution({
      sagemaker: clients.sagemaker,
      arn,
      signal,
      deadline,
      interval: pollInterval(isLocalEndpoint()),
      onSteps: stepProgress(print),
      onWarning: print,
    });
  } catch (error) {
    if (signal.aborted) {
      print("Stopping the execution ...");
      await stopExecution(clients.sagemaker, arn);
    }
    throw error;
  }
}

/** What an execution that did not succeed says of itself: the failing steps, their reasons, the ends of their logs. */
export async function failureText(clients: AwsClients, execution: EndedExecution): Promise<string> {
  const failed = execution.steps.filter(({ StepStatus }) => StepStatus === "Failed");
  const parts = await Promise.all(
    failed.map(async (step) => {
      const tail = await logTail(clients, step);
      const log = tail.length === 0 ? [] : ["  the end of its log:", ...tail.map((line) => `    ${line}`)];
      // The other lines of a long reason are what the script printed, and so in the log.
      const [reason] = (step.FailureReason ?? "no reason given").split("\n");
      return [`Step ${step.StepName} failed: ${reason}`, ...log].join("\n");
    }),
  );
  const reason = execution.failureReason === undefined ? "" : `: ${execution.failureReason}`;
  return [`The execution ${execution.status.toLowerCase()}${reason}`, ...parts].join("\n");
}
