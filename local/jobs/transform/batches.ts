/** The settings by which records are grouped into requests. */
export interface Batching {
  /** `Line` or `None`. */
  readonly split: string;
  /** `MultiRecord` fills each request; `SingleRecord` sends one record at a time. */
  readonly strategy: string;
  /** The most bytes of a request; 0 for any size. */
  readonly maxBytes: number;
}

/** Splits a text into lines. A newline at its end does not begin another line. */
export function lines(text: string): string[] {
  const all = text.split(/\r?\n/);
  return all.at(-1) === "" ? all.slice(0, -1) : all;
}

/** Splits an object into records: its lines, or the whole object. */
export function recordsOf(text: string, split: string): string[] {
  return split === "Line" ? lines(text) : [text];
}

/**
 * Groups records into requests.
 *
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/batch-transform.html
 *
 * @throws Error for a record that is larger than the largest request
 */
export function batches(records: readonly string[], { split, strategy, maxBytes }: Batching): string[][] {
  const groups: string[][] = [];
  let size = 0;
  for (const record of records) {
    const bytes = Buffer.byteLength(record) + (split === "Line" ? 1 : 0);
    if (maxBytes > 0 && bytes > maxBytes) {
      throw new Error(
        `ClientError: a record has ${bytes} bytes, but MaxPayloadInMB allows ${maxBytes}: ${split === "Line" ? "raise it" : "raise it, or set SplitType to Line"}`,
      );
    }
    const fits = strategy !== "SingleRecord" && (maxBytes === 0 || size + bytes <= maxBytes);
    const last = groups.at(-1);
    if (last !== undefined && fits) last.push(record);
    else {
      groups.push([record]);
      size = 0;
    }
    size += bytes;
  }
  return groups;
}

/** Returns the body of a request: its records with a newline after each, or the single record unchanged. */
export function requestText(records: readonly string[], split: string): string {
  return split === "Line" ? records.map((record) => `${record}\n`).join("") : records.join("");
}
