import { rmSync } from "node:fs";
import { constants } from "node:os";
import { join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { ExitError, exitCode } from "../command/exit-code.ts";
import type { Figure } from "./plots/figure.ts";
import type { Report } from "./report.ts";
import { reportFiles, writeReport } from "./write-report.ts";

const defaultFolder = ".local/report";

/** The folder that `--report` names, also on a command line with mistakes, whose report says so. */
export function reportFolder(args = process.argv.slice(2)): string {
  const { values } = parseArgs({ args, options: { report: { type: "string" } }, strict: false });
  return typeof values["report"] === "string" && values["report"] !== "" ? values["report"] : defaultFolder;
}

function signalName(code: number): string | undefined {
  return Object.entries(constants.signals).find(([, number]) => 128 + number === code)?.[0];
}

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

  /**
   * An earlier check's report is not taken for this one's, even if this one is killed.
   *
   * @throws ExitError (2) where the report's place is no folder
   */
  forgetEarlier(): void {
    try {
      for (const file of Object.values(reportFiles)) rmSync(join(this.#folder, file), { force: true });
    } catch (error) {
      const { code = "" } = error as NodeJS.ErrnoException;
      // A disk without room, or without the right to write, is said where the report would be.
      if (!["ENOTDIR", "ERR_FS_EISDIR", "EISDIR"].includes(code)) return;
      throw new ExitError(
        exitCode.usage,
        `--report ${relative(process.cwd(), this.#folder)} is no folder for a report (${code}): give another one.`,
      );
    }
  }

  /** At the end of the process: writes what was not written yet, or was not the end. */
  atExit(code: number): void {
    const signal = signalName(code);
    const ended =
      signal === undefined ? `The check ended with exit code ${code}.` : `The check was ended by ${signal}.`;
    if (this.#written !== undefined) {
      const { report, figures } = this.#written;
      if (report.exitCode !== code)
        this.write({ ...report, exitCode: code, reasons: [...report.reasons, ended] }, figures);
    } else if (code !== 0) {
      const reasons = signal === undefined ? this.#reasons : undefined;
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
    try {
      return await command(signal, pending);
    } catch (error) {
      pending.failed(error);
      throw error;
    }
  };
}
