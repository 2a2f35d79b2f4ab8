import { lines } from "./batches.ts";
import type { RecordProcessing } from "./data-processing.ts";

/**
 * Returns the output for one request: the model's answer, with the job's output filter and join applied to each record.
 *
 * @param records the records of the request
 * @param assemble `Line` ends every record with a newline; `None` leaves answers as they are
 * @throws Error if a filter or a join needs one answer for each record and their numbers differ
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
      `ClientError: the model answered ${answers.length} line(s) to ${records.length} record(s), but filters and joins need one line for each record: use the BatchStrategy SingleRecord, or let the model answer with one line for each record`,
    );
  }
  const written = records.map((record, index) => processing.after(record, answers[index] ?? ""));
  return assemble === "Line" ? ended(written) : written.join("");
}

function ended(all: readonly string[]): string {
  return all.map((line) => `${line}\n`).join("");
}
