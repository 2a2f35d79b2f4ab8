import { join } from "node:path";
import { forgetEarlier } from "../../check/report/report-files.mjs";
import { PendingReport } from "../../check/report/reported.ts";
import { ExitError } from "../../exit-code.ts";
import { reloadPipelines } from "../../pipelines/catalog.ts";
import { local } from "../command/local-error.ts";
import { repository } from "./folders.ts";
import { repeatAfterSaves } from "./watch-files.ts";

export interface WatchOptions {
  /** The pipeline's folder. */
  readonly pipeline: string;
  /** The user's file with data, if there is one. */
  readonly file?: string | undefined;
  readonly signal: AbortSignal;
  readonly print: (line: string) => void;
}

/**
 * Deploys and checks a pipeline now and after each save in its folder or of the data file. An expected error ends only the one
 * check. Each check has its own report, which stays when a signal ends the command between two checks.
 *
 * @param pending the report of the whole command
 * @param check deploys and checks the pipeline, and writes the given report
 * @throws the reason of the signal
 */
export async function watchPipeline(
  { pipeline, file, signal, print }: WatchOptions,
  pending: PendingReport,
  check: (report: PendingReport) => Promise<number>,
): Promise<never> {
  const paths = [join(repository, "pipelines", pipeline), ...(file === undefined ? [] : [file])];
  let report = pending;
  pending.leaveTo((code, reasons) => report.endUnwritten(code, reasons));
  const work = async () => {
    reloadPipelines();
    forgetEarlier(pending.folder);
    report = new PendingReport(pending.folder);
    try {
      await local(() => check(report));
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof ExitError)) throw error;
      report.endUnwritten(error.code, error.message.split("\n"));
      print(error.message);
    }
    print(`\nWatching pipelines/${pipeline}${file === undefined ? "" : ` and ${file}`}; Ctrl-C ends it`);
  };
  return repeatAfterSaves(paths, work, signal);
}
