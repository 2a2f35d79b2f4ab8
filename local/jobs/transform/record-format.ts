import type { Json } from "../../../service-model/definition.ts";
import { isList } from "../../../service-model/property-path.ts";

/** How a record is read and written, so that its parts can be filtered and joined. */
export interface RecordFormat {
  readonly parse: (text: string) => Json;
  readonly write: (value: Json) => string;
}

/** A row as the list of its fields, each with its quotes, so that it is written as it was read. */
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

/** The format of a content type. @throws Error for one whose records cannot be filtered or joined */
export function recordFormat(contentType: string | undefined): RecordFormat {
  const kind = (contentType ?? "text/csv").split(";")[0]?.trim().toLowerCase();
  if (kind === "text/csv") return csv;
  if (kind === "application/json" || kind === "application/jsonlines") return json;
  throw new Error(
    `ClientError: DataProcessing takes text/csv, application/json and application/jsonlines, not the content type ${contentType}`,
  );
}
