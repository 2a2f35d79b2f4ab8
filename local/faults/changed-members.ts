import { isJob, jobKindsWhere } from "../../service-model/job-kinds.ts";

/** Members that hold a status, in answers about pipelines and jobs. */
const statuses = new Set([
  "PipelineExecutionStatus",
  "StepStatus",
  ...jobKindsWhere(isJob).map((kind) => `${kind}Status`),
]);

/**
 * A JSON answer in which every status is another one.
 *
 * @param step only this step's, and nothing else's
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

/** The token that every page of a list ends with when its token is repeated. */
export const repeatedToken = "the-same-token-again";

/** The input of a list without the repeated token, which the list itself would not know. */
export function withoutRepeatedToken(input: unknown): unknown {
  if (!isObject(input) || input["NextToken"] !== repeatedToken) return input;
  const { NextToken: _, ...others } = input;
  return others;
}

/** A page that says that there is another one, by the token of the page before. */
export function withRepeatedToken(answer: unknown): unknown {
  return isObject(answer) ? { ...answer, NextToken: repeatedToken } : answer;
}

/** The input of a list with at most so many results to a page. */
export function withPageSize(input: unknown, size: number): unknown {
  if (!isObject(input)) return input;
  const wanted = input["MaxResults"];
  return { ...input, MaxResults: typeof wanted === "number" ? Math.min(wanted, size) : size };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
