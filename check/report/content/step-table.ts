import type { Report } from "./report.ts";
import { stepOutcome } from "./step-outcome.ts";

/** A row of the step table: the cells below the columns of {@link stepColumns}. */
export type StepRow = readonly [step: string, outcome: string];

export const stepColumns: StepRow = ["step", "outcome"];

/** Returns the rows of the step table, in the order of the graph. The table is empty without a graph and an execution. */
export function stepRows({ execution, graph }: Report, options: { readonly withReasons: boolean }): readonly StepRow[] {
  const ran = new Map(execution?.steps?.map((step) => [step.name, step]));
  const names = new Set([...(graph?.steps.map(({ name }) => name) ?? []), ...ran.keys()]);
  return [...names].map((name) => {
    const step = ran.get(name);
    const reason = options.withReasons && step?.failureReason !== undefined ? `: ${step.failureReason}` : "";
    return [name, `${stepOutcome(step)}${reason}`];
  });
}
