import type { Json } from "../../../service-model/definition.ts";
import { isList } from "../../../service-model/property-path.ts";

/** Reads and writes records of a content type, so that their parts can be filtered and joined. */
export interface RecordFormat {
  readonly parse: (text: string) => Json;
  readonly write: (value: Json) => string;
}

/** The format of CSV. A row is a list of its fields, which keep their quotes, so that writing reproduces the text. */
export const csv: RecordFormat = {
  parse: (text) => text.match(/(?:"(?:[^"]|"")*"|[^,"])+|(?<=,|^)(?=,|$)/g) ?? [],
  write: (value) => (isList(value) ? value.map(field).join(",") : field(value)),
};

export const json: RecordFormat = {
  parse(text) {
    try {
      return JSON.parse(text);
    } catch (error) {
      throw new Error(`ClientError: a record is not JSON: ${error instanceof Error ? error.message : error}`);
    }
  },
  write: (value) => JSON.stringify(value),
};

function field(value: Json): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** Returns the format of a content type. @throws Error for a type whose records cannot be filtered or joined */
export function recordFormat(contentType: string | undefined): RecordFormat {
  const kind = (contentType ?? "text/csv").split(";")[0]?.trim().toLowerCase();
  if (kind === "text/csv") return csv;
  if (kind === "application/json" || kind === "application/jsonlines") return json;
  throw new Error(
    `ClientError: DataProcessing does not support the content type ${contentType}: use text/csv, application/json or application/jsonlines`,
  );
}
