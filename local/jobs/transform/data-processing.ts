import type { DataProcessing } from "@aws-sdk/client-sagemaker";
import type { Json } from "../../../service-model/definition.ts";
import { isList, isRecord } from "../../../service-model/property-path.ts";
import { parseJsonPath, select } from "./json-path.ts";
import { csv, recordFormat } from "./record-format.ts";

/** The processing of each record by a transform job, before and after the model. */
export interface RecordProcessing {
  /** Applies the input filter: returns a record as the model receives it. */
  readonly before: (record: string) => string;
  /** Applies the join and the output filter: returns the output for a record and the model's answer to it. */
  readonly after: (record: string, answer: string) => string;
  /** Whether the answer to a request must be split by record. */
  readonly byRecord: boolean;
}

/**
 * Reads the filters and the join of a transform job.
 *
 * Source: https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DataProcessing.html
 *
 * @throws Error for an invalid filter, and for content types that cannot be filtered
 */
export function recordProcessing(
  { InputFilter = "$", OutputFilter = "$", JoinSource = "None" }: DataProcessing,
  contentType: string | undefined,
  accept: string | undefined,
): RecordProcessing {
  const input = parseJsonPath(InputFilter);
  const output = parseJsonPath(OutputFilter);
  const joins = JoinSource === "Input";
  const byRecord = joins || output.length > 0;
  const source = input.length > 0 || joins ? recordFormat(contentType) : undefined;
  const answers = byRecord ? recordFormat(accept ?? contentType) : undefined;
  if (joins && source !== answers) {
    throw new Error(
      `ClientError: JoinSource Input needs answers in the format of the input, not ${accept} for ${contentType}`,
    );
  }
  return {
    byRecord,
    before: (record) =>
      source === undefined || input.length === 0 ? record : source.write(select(source.parse(record), input)),
    after(record, answer) {
      if (answers === undefined) return answer;
      const parsed = answers.parse(answer);
      const joined = joins && source !== undefined ? join(source.parse(record), parsed, source === csv) : parsed;
      return answers.write(select(joined, output));
    },
  };
}

/** Joins a record with its answer: appends the answer to a CSV row, or adds it to JSON as the attribute SageMakerOutput. */
function join(record: Json, answer: Json, rows: boolean): Json {
  if (rows && isList(record) && isList(answer)) return [...record, ...answer];
  return isRecord(record)
    ? { ...record, SageMakerOutput: answer }
    : { SageMakerInput: record, SageMakerOutput: answer };
}
