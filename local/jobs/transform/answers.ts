import { lines } from "./batches.ts";
import type { RecordProcessing } from "./data-processing.ts";

/**
 * What is written for one request: the model's answer, filtered and joined record by record where the job says so.
 *
 * @param records those of the request
 * @param assemble `Line` ends every record with a newline; `None` leaves answers as they are
 * @throws Error when there are not as many answers as records, where they have to be told apart
 */
export function writtenAnswer(
  records: readonly string[],
  answer: string,
  processing: RecordProcessing,
  assemble: string,
): string {
  if (!processing.byRecord) {
    return assemble === "Line" ? ended(lines(answer)) : answer;
  }
  const answers = records.length === 1 ? [answer.replace(/\r?\n$/, "")] : lines(answer);
  if (answers.length !== records.length) {
    throw new Error(
      `ClientError: the model answered ${answers.length} line(s) to ${records.length} record(s): filters and joins need one for each; use the BatchStrategy SingleRecord, or answer one line a record`,
    );
  }
  const written = records.map((record, index) => processing.after(record, answers[index] ?? ""));
  return assemble === "Line" ? ended(written) : written.join("");
}

function ended(all: readonly string[]): string {
  return all.map((line) => `${line}\n`).join("");
}
