import type { AwsClients } from "../../../aws/clients.ts";
import { oneLine } from "../../../service-model/one-line.ts";
import { listSteps } from "../../execution/list-steps.ts";
import type { Report } from "../content/report.ts";
import { NotThere } from "./not-there.ts";
import { readGraph, readStatus, stepsPart } from "./read-execution.ts";
import { type Measure, readModels } from "./read-models.ts";
import { readTraining } from "./read-training.ts";
import { readReportData } from "./report-data.ts";

type NotDrawn = NonNullable<Report["notDrawn"]>[number];

export interface PictureSources {
  readonly clients: AwsClients;
  readonly modelPackageGroup: string;
  readonly measure: Measure;
  /** Ends the reading. Data that has not been read by then is left out. */
  readonly signal: AbortSignal;
}

function reasonOf(error: unknown): string {
  if (error instanceof NotThere) return oneLine(error.message);
  const { name, message } = error as Error;
  return oneLine(`${name}: ${message.replaceAll(/\s+/g, " ")}`);
}

/** Rejects as soon as the signal is aborted, even if the work continues. */
async function until<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  if (signal.aborted) throw new NotThere("there was no time to read it");
  return Promise.race([
    work,
    new Promise<never>((_, reject) =>
      signal.addEventListener("abort", () => reject(new NotThere("there was no time to read it")), { once: true }),
    ),
  ]);
}

/**
 * Reads the data of the pictures from AWS and adds it to a report. If some data cannot be read, the report says why; the
 * verdict does not depend on it.
 */
export async function addPictures(
  report: Report,
  { clients, modelPackageGroup, measure, signal }: PictureSources,
): Promise<Report> {
  const notDrawn: NotDrawn[] = [];
  const read = async <T extends Partial<Report>>(picture: string, work: () => Promise<T>): Promise<Partial<Report>> => {
    try {
      return await until(signal, work());
    } catch (error) {
      notDrawn.push({ picture, reason: reasonOf(error) });
      return {};
    }
  };
  const { sagemaker, s3 } = clients;
  const { execution, evaluation } = report;
  const arn = execution?.arn;
  const steps = arn === undefined ? undefined : listSteps(sagemaker, arn);
  // The readers that await these steps handle the error.
  steps?.catch(() => {});
  const ofExecution =
    arn === undefined || steps === undefined
      ? []
      : [
          read("The steps", async () => {
            const known = { ...execution, ...(await readStatus(sagemaker, arn)) };
            return { execution: { ...known, ...stepsPart(await steps, known.status) } };
          }),
          read("The graph", async () => ({ graph: await readGraph(sagemaker, arn) })),
          read("The training curve", async () => ({ training: await readTraining(clients, await steps) })),
        ];
  const parts = await Promise.all([
    ...ofExecution,
    ...(evaluation === undefined
      ? []
      : [read("Predictions and feature importance", () => readReportData(s3, evaluation))]),
    read("The models of the group", async () => ({ models: await readModels(clients, modelPackageGroup, measure) })),
  ]);
  return Object.assign({}, report, ...parts, notDrawn.length === 0 ? {} : { notDrawn }) as Report;
}
