import { isJob, jobKindsWhere } from "../../service-model/job-kinds.ts";

/** The members of answers that hold the status of an execution, a step or a job. */
const statuses = new Set([
  "PipelineExecutionStatus",
  "StepStatus",
  ...jobKindsWhere(isJob).map((kind) => `${kind}Status`),
]);

/**
 * Returns a copy of a JSON answer with every status replaced.
 *
 * @param step the name of a step; if it is given, only this step's status is replaced
 */
export function withStatus(answer: unknown, status: string, step?: string): unknown {
  if (Array.isArray(answer)) return answer.map((each) => withStatus(each, status, step));
  if (!isObject(answer)) return answer;
  const isMeant = step === undefined || answer["StepName"] === step;
  return Object.fromEntries(
    Object.entries(answer).map(([name, value]) => {
      if (statuses.has(name)) return [name, isMeant ? status : value];
      return [name, withStatus(value, status, step)];
    }),
  );
}

/** The `NextToken` of every page while the fault `repeated-page-token` is active. */
export const repeatedToken = "the-same-token-again";

/** Returns a List request without the repeated token, which the operation would reject. */
export function withoutRepeatedToken(input: unknown): unknown {
  if (!isObject(input) || input["NextToken"] !== repeatedToken) return input;
  const { NextToken: _, ...others } = input;
  return others;
}

/** Returns a page of a list with the repeated token as its `NextToken`. */
export function withRepeatedToken(answer: unknown): unknown {
  return isObject(answer) ? { ...answer, NextToken: repeatedToken } : answer;
}

/** Returns a List request for at most `size` results in a page. */
export function withPageSize(input: unknown, size: number): unknown {
  if (!isObject(input)) return input;
  const wanted = input["MaxResults"];
  return { ...input, MaxResults: typeof wanted === "number" ? Math.min(wanted, size) : size };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
