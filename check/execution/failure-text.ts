import type { AwsClients } from "../../aws/clients.ts";
import type { EndedExecution } from "./follow-execution.ts";
import { stepLogTail } from "./job-log.ts";

/** Says where an execution was stopped and how to continue it. */
function stopText({ status, steps }: EndedExecution): readonly string[] {
  if (status !== "Stopped") return [];
  const stopped = steps.filter(({ StepStatus }) => StepStatus === "Stopped").map(({ StepName }) => StepName);
  const where = stopped.length === 0 ? "between two steps" : `in ${stopped.join(", ")}`;
  return [`Somebody stopped it ${where}; continue it from there with --retry.`];
}

/** Explains why an execution did not succeed: its failed steps, their reasons and the ends of their logs. */
export async function failureText(clients: AwsClients, execution: EndedExecution): Promise<string> {
  const failed = execution.steps.filter(({ StepStatus }) => StepStatus === "Failed");
  const parts = await Promise.all(
    failed.map(async (step) => {
      const tail = await stepLogTail(clients, step);
      const log = tail.length === 0 ? [] : ["  the end of its log:", ...tail.map((line) => `    ${line}`)];
      // The other lines of a reason repeat the script's output, which is in the log.
      const [reason] = (step.FailureReason ?? "no reason given").split("\n");
      return [`Step ${step.StepName} failed: ${reason}`, ...log].join("\n");
    }),
  );
  const reason = execution.failureReason === undefined ? "" : `: ${execution.failureReason}`;
  return [`The execution ${execution.status.toLowerCase()}${reason}`, ...parts, ...stopText(execution)].join("\n");
}
