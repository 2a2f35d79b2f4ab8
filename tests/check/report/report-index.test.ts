import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Report, reportSchema } from "../../../check/report/content/report.ts";
import { forgetEarlier } from "../../../check/report/report-files.mjs";
import { ReportIndex } from "../../../check/report/report-index.ts";
import { PendingReport } from "../../../check/report/reported.ts";
import { exampleReport, hostile } from "./example-report.ts";

describe("the index of several reports", () => {
  let folder: string;
  let pending: PendingReport;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "index-"));
    pending = new PendingReport(folder);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const read = (file: string) => readFileSync(join(folder, file), "utf8");
  const report = (name: string): Report => reportSchema.parse(JSON.parse(read(`${name}/report.json`)));

  it("lists each pipeline's verdict and metric, and links its report", () => {
    const index = new ReportIndex(pending, ["crickets", "#1"]);
    index.part("crickets").write(exampleReport);
    index.part("#1").write({ ...exampleReport, verdict: "regression", exitCode: 1, reasons: [hostile] });
    const text = index.write();
    assert.match(text, /^ {2}crickets {2}PASS {10}MSE 5\.464, baseline 5\.445\n {2}#1 {8}REGRESSION {4}MSE/);
    assert.match(text, /\n {2}report {4}\S*report\.html$/);
    const page = read("report.html");
    assert.match(page, /PASS<\/span> <a href="crickets\/report\.html">crickets<\/a>/);
    assert.match(page, /REGRESSION<\/span> <a href="%231\/report\.html">#1<\/a>/);
    assert.doesNotMatch(page, /<script>/);
    assert.match(read("report.md"), /\| `#1` \| REGRESSION \| MSE 5\.464/);
    assert.deepEqual(readdirSync(folder).sort(), ["#1", "crickets", "report.html", "report.md"]);
  });

  it("says which checks are not finished while one is running", () => {
    const index = new ReportIndex(pending, ["crickets", "churn"]);
    index.part("crickets").write(exampleReport);
    index.write();
    assert.match(read("report.md"), /`crickets` \| PASS .*\n\| `churn` \| NOT FINISHED \| {2}\|/);
  });

  it("keeps finished reports after a signal, and describes the end in the others", () => {
    const index = new ReportIndex(pending, ["crickets", "churn", "fraud"]);
    index.part("crickets").write(exampleReport);
    index.part("churn").know({ pipeline: "churn-dev" });
    pending.atExit(130);
    assert.deepEqual([report("crickets").verdict, report("crickets").exitCode], ["pass", 0]);
    for (const name of ["churn", "fraud"])
      assert.deepEqual([report(name).exitCode, report(name).reasons], [130, ["The check was ended by SIGINT."]]);
    assert.equal(report("churn").pipeline, "churn-dev");
    assert.match(read("report.html"), /ERROR<\/span> <a href="fraud/);
  });

  it("gives the error that ended the command in each unfinished report", () => {
    const index = new ReportIndex(pending, ["crickets", "churn"]);
    index.part("crickets").write(exampleReport);
    pending.failed(new Error("no space left"));
    pending.atExit(2);
    assert.deepEqual([report("crickets").exitCode, report("churn").reasons], [0, ["no space left"]]);
  });

  it("is removed with the reports below it before the next check, and with nothing else", () => {
    const index = new ReportIndex(pending, ["crickets", "churn"]);
    index.part("crickets").write(exampleReport);
    index.part("churn").write(exampleReport);
    writeFileSync(join(folder, "churn", "own.txt"), "");
    assert.equal(forgetEarlier(folder), undefined);
    assert.deepEqual([readdirSync(folder), readdirSync(join(folder, "churn"))], [["churn"], ["own.txt"]]);

    // Without an index, the folders below belong to other checks.
    mkdirSync(join(folder, "other"));
    new PendingReport(join(folder, "other")).write(exampleReport);
    pending.write(exampleReport);
    forgetEarlier(folder);
    assert.equal(readdirSync(join(folder, "other")).length, 3);
  });
});
