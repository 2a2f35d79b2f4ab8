import { relative, resolve } from "node:path";
import type { Report } from "./content/report.ts";
import { endOf, takeOver } from "./early-report.mjs";
import type { Figure } from "./plots/figure.ts";
import { writeReport } from "./write-report.ts";

/** The report of a command that comes to its end, in whatever way. */
export class PendingReport {
  readonly #folder: string;
  #known: Partial<Report> = {};
  #reasons: readonly string[] | undefined;
  #written: { readonly report: Report; readonly figures: readonly Figure[] } | undefined;

  constructor(folder: string) {
    this.#folder = resolve(folder);
  }

  /** What an error's report should say of the check. */
  know(part: Pick<Report, "pipeline" | "execution">): void {
    this.#known = { ...this.#known, ...part };
  }

  /** The report of an end without a verdict. */
  failure(exitCode: number, reasons: readonly string[]): Report {
    return { version: 1, verdict: "error", exitCode, reasons, created: new Date().toISOString(), ...this.#known };
  }

  /** Writes all forms. @returns the path of the page, or why there is none: a full disk does not change a verdict */
  write(report: Report, figures: readonly Figure[] = []): string {
    this.#written = { report, figures };
    try {
      return relative(process.cwd(), writeReport(this.#folder, report, figures));
    } catch (error) {
      return `not written: ${(error as Error).message}`;
    }
  }

  failed(error: unknown): void {
    this.#reasons = (error instanceof Error ? error.message : String(error)).split("\n");
  }

  /** At the end of the process: writes what was not written yet, or was not the end. */
  atExit(code: number): void {
    const ended = endOf(code);
    if (this.#written !== undefined) {
      const { report, figures } = this.#written;
      if (report.exitCode !== code)
        this.write({ ...report, exitCode: code, reasons: [...report.reasons, ended] }, figures);
    } else if (code !== 0) {
      // What a signal interrupts is no reason of its own.
      const reasons = code > 128 ? undefined : this.#reasons;
      this.write(this.failure(code, reasons ?? [ended]));
    }
  }
}

/**
 * A command that writes a report at every end of its process but SIGKILL: a verdict, an error before it, a signal, a
 * second signal. Only one that ends well without a check, as with `--help`, writes none.
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
