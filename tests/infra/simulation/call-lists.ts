import type { UsedByJobs } from "../../../local/iam/service-calls.ts";

/** An account that is not the stack's. */
export const other = "999999999999";

/** Returns every combination of two lists. */
export function product<A, B, C>(as: readonly A[], bs: readonly B[], make: (a: A, b: B) => C): readonly C[] {
  return as.flatMap((a) => bs.map((b) => make(a, b)));
}

/** Returns a function that makes ARNs of SageMaker, by default in the account and region of the stack. */
export function sagemakerArns({ account, region }: UsedByJobs) {
  return (resource: string, where = region, who = account): string => `arn:aws:sagemaker:${where}:${who}:${resource}`;
}
