import type { AwsClients } from "../../aws/clients.ts";
import type { EndedExecution } from "./follow-execution.ts";
import { logTail } from "./job-log.ts";

/** Where an execution was stopped, and how it goes on: nothing is wrong with it. */
function stopText({ status, steps }: EndedExecution): readonly string[] {
  if (status !== "Stopped") return [];
  const stopped = steps.filter(({ StepStatus }) => StepStatus === "Stopped").map(({ StepName }) => StepName);
  const where = stopped.length === 0 ? "between two steps" : `in ${stopped.join(", ")}`;
  return [`Somebody stopped it ${where}; run it on from there with --retry.`];
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
  return [`The execution ${execution.status.toLowerCase()}${reason}`, ...parts, ...stopText(execution)].join("\n");
}
