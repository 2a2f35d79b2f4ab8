import type { Sketches } from "./evaluation-schema.ts";
import { trainedTestRows } from "./row-overlap.ts";

/** The problem of an approved model's rows, or remarks about them. */
export interface RowFindings {
  /** Why the models cannot be compared. */
  readonly problem?: string;
  /** Sentences for the report. */
  readonly notes: readonly string[];
}

const mend = (name: string) =>
  `split the data by a hash of each row, and ${name === "baseline" ? "give --baseline none" : "reject that model"}`;

function unknown(name: string, why: string): RowFindings {
  return {
    notes: [`The check could not tell whether the ${name} model was trained on these test rows, because ${why}.`],
  };
}

/**
 * Compares the rows of a candidate with the rows of an approved model. The approved model must not have been trained on the
 * candidate's test rows, because it would then have an advantage.
 *
 * @param name `baseline` or `best`
 */
export function compareRows(
  name: "baseline" | "best",
  candidate: Sketches | undefined,
  approved: Sketches | undefined,
): RowFindings {
  if (candidate === undefined) return unknown(name, "the evaluation has no sketches of the rows");
  if (approved === undefined) return unknown(name, "the evaluation of that model has no sketches of the rows");
  if (candidate.hash !== approved.hash) return unknown(name, "its rows have another hash");
  const [columns, others] = [candidate.columns, approved.columns].map((names) => names.join(", "));
  if (columns !== others)
    return {
      problem: `the rows could not be compared with those of the ${name}, whose columns were ${others} instead of ${columns}, so the ${name} may have been trained on these test rows: ${name === "baseline" ? "give --baseline none" : "reject that model"}`,
      notes: [],
    };
  const { train, test } = candidate;
  const trained = trainedTestRows(test, train, approved.train);
  if (trained > 0)
    return {
      problem: `about ${trained} of the ${test.distinct} test rows are training rows of the ${name}, so its score on them is too good: ${mend(name)}`,
      notes: [],
    };
  const now = trainedTestRows(approved.test, approved.train, train);
  return {
    notes:
      now > 0 ? [`About ${now} of the ${approved.test.distinct} test rows of the ${name} are training rows now.`] : [],
  };
}
