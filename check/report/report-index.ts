import { join, relative } from "node:path";
import { type IndexEntry, indexMarkdown, indexPage, indexText } from "./index-report.ts";
import { writeIndex } from "./report-files.mjs";
import { PendingReport } from "./reported.ts";

/** The reports of a command that checks several pipelines, each in a folder of its own, and an index of them. */
export class ReportIndex {
  readonly #folder: string;
  readonly #parts: ReadonlyMap<string, PendingReport>;

  /**
   * Takes over the reports at the end of the process, and writes an index without verdicts.
   *
   * @param pending the report of the whole command, whose folder gets the index
   * @param names the names of the folders below it
   */
  constructor(pending: PendingReport, names: readonly string[]) {
    this.#folder = pending.folder;
    this.#parts = new Map(names.map((name) => [name, new PendingReport(join(pending.folder, name))]));
    pending.leaveTo((code, reasons) => {
      const unfinished = [...this.#parts.values()].filter(({ report }) => report === undefined);
      for (const part of unfinished) part.endUnwritten(code, reasons);
      if (unfinished.length > 0) this.write();
    });
    this.write();
  }

  /** Returns the report of a name that the index was made with. */
  part(name: string): PendingReport {
    const part = this.#parts.get(name);
    if (part === undefined) throw new Error(`the index has no report ${name}`);
    return part;
  }

  /** Writes the index. @returns its form for a terminal, with the path of the page or the reason why it was not written */
  write(): string {
    const entries = this.#entries();
    try {
      const page = writeIndex(this.#folder, { markdown: indexMarkdown(entries), page: indexPage(entries) });
      return indexText(entries, relative(process.cwd(), page));
    } catch (error) {
      return indexText(entries, `not written: ${(error as Error).message}`);
    }
  }

  #entries(): readonly IndexEntry[] {
    return [...this.#parts].map(([folder, { report }]) => ({ folder, report }));
  }
}
