import type { S3Client } from "@aws-sdk/client-s3";
import { z } from "zod";
import { defined } from "../../../service-model/defined.ts";
import type { Report } from "../content/report.ts";
import { NotThere } from "./not-there.ts";
import { readSmallText } from "./read-small-text.ts";

const column = z.array(z.number()).max(10_000);

/** The schema of `report-data.json`, which a pipeline may write beside its evaluation. Each part becomes a picture. */
const reportDataSchema = z
  .object({
    schema_version: z.literal(1),
    label: z.string(),
    test_rows: z.int().min(0),
    actual: column,
    candidate: column,
    baseline: column.optional(),
    feature_gain: z.array(z.object({ feature: z.string(), gain: z.number() })).optional(),
  })
  .refine(
    ({ actual, candidate, baseline = actual }) =>
      actual.length === candidate.length && actual.length === baseline.length,
    "its columns have different lengths",
  );

/**
 * Checks the text of a `report-data.json`.
 *
 * @throws NotThere naming the first key that is wrong
 */
export function parseReportData(text: string): Pick<Report, "predictions" | "featureGain"> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new NotThere("report-data.json is not JSON");
  }
  const parsed = reportDataSchema.safeParse(json);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0] ?? { path: [], message: "unknown" };
    throw new NotThere(`report-data.json, ${path.join(".") || "document"}: ${message}`);
  }
  const { label, test_rows: testRows, actual, candidate, baseline, feature_gain: featureGain } = parsed.data;
  return {
    predictions: { label, testRows, actual, candidate, ...defined({ baseline }) },
    ...(featureGain === undefined || featureGain.length === 0 ? {} : { featureGain }),
  };
}

/** Reads the `report-data.json` that the evaluation step wrote beside an evaluation. */
export async function readReportData(s3: S3Client, evaluation: string): Promise<ReturnType<typeof parseReportData>> {
  return parseReportData(await readSmallText(s3, new URL("report-data.json", evaluation).href));
}
