import { relative, resolve } from "node:path";
import type { Report } from "./content/report.ts";
import { endOf, takeOver } from "./early-report.mjs";
import type { Figure } from "./plots/figure.ts";
import { writeReport } from "./write-report.ts";

/** Writes the reports at the end of a process in place of a pending one. */
export type Heir = (exitCode: number, reasons: readonly string[] | undefined) => void;

/** The report of a command, however it ends. */
export class PendingReport {
  readonly folder: string;
  #known: Partial<Report> = {};
  #reasons: readonly string[] | undefined;
  #written: { readonly report: Report; readonly figures: readonly Figure[] } | undefined;
  #heir: Heir | undefined;

  constructor(folder: string) {
    this.folder = resolve(folder);
  }

  /** The latest report that was written, if there is one. */
  get report(): Report | undefined {
    return this.#written?.report;
  }

  /** Leaves the reports at the end of the process to a command that writes several. */
  leaveTo(heir: Heir): void {
    this.#heir = heir;
  }

  /** Adds facts about the check that the report of an error should contain. */
  know(part: Pick<Report, "pipeline" | "execution">): void {
    this.#known = { ...this.#known, ...part };
  }

  /** Creates the report of an end without a verdict. */
  failure(exitCode: number, reasons: readonly string[]): Report {
    return { version: 1, verdict: "error", exitCode, reasons, created: new Date().toISOString(), ...this.#known };
  }

  /** Writes all forms. @returns the path of the page, or the reason why it was not written, because a full disk does not change a verdict */
  write(report: Report, figures: readonly Figure[] = []): string {
    this.#written = { report, figures };
    try {
      return relative(process.cwd(), writeReport(this.folder, report, figures));
    } catch (error) {
      return `not written: ${(error as Error).message}`;
    }
  }

  failed(error: unknown): void {
    this.#reasons = (error instanceof Error ? error.message : String(error)).split("\n");
  }

  /** Writes the final report when the process exits, if it was not written before. */
  atExit(code: number): void {
    if (this.#heir !== undefined) {
      this.#heir(code, this.#reasons);
    } else if (this.#written !== undefined) {
      const { report, figures } = this.#written;
      if (report.exitCode !== code)
        this.write({ ...report, exitCode: code, reasons: [...report.reasons, endOf(code)] }, figures);
    } else this.endUnwritten(code, this.#reasons);
  }

  /** Writes the report of an end without a verdict, unless a report was written or the end was a success. */
  endUnwritten(code: number, given: readonly string[] | undefined): void {
    if (this.#written !== undefined || code === 0) return;
    // An error that a signal caused is not a reason; the signal is.
    const reasons = code > 128 ? undefined : given;
    this.write(this.failure(code, reasons ?? [endOf(code)]));
  }
}

/**
 * Wraps a command so that it writes a report however its process ends: after a verdict, an error, a signal or a second signal,
 * but not after SIGKILL. A command that succeeds without a check, as with `--help`, writes no report.
 */
export function reported(
  folder: string,
  command: (signal: AbortSignal, pending: PendingReport) => Promise<number>,
): (signal: AbortSignal) => Promise<number> {
  return async (signal) => {
    const pending = new PendingReport(folder);
    process.once("exit", (code) => pending.atExit(code));
    takeOver();
    try {
      return await command(signal, pending);
    } catch (error) {
      pending.failed(error);
      throw error;
    }
  };
}
