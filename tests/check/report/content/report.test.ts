import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { type Report, reportJsonSchema, reportSchema } from "../../../../check/report/content/report.ts";
import { reportJson, writeReport } from "../../../../check/report/write-report.ts";
import { repository } from "../../../../scripts/local-stack/folders.ts";
import { classificationReport, errorReport, exampleReport, hostileReport } from "../example-report.ts";

const published = JSON.parse(readFileSync(join(repository, "check/report/content/report.schema.json"), "utf8"));

describe("report.json", () => {
  it("has a published schema that is current", () => {
    const message = "npm run -s report-schema > check/report/content/report.schema.json";
    assert.deepEqual(published, JSON.parse(JSON.stringify(reportJsonSchema())), message);
  });

  const reports: readonly (readonly [string, Report])[] = [
    ["a whole report", exampleReport],
    ["a report with a metric where higher is better", classificationReport],
    ["an error", errorReport],
    ["hostile text", hostileReport()],
  ];
  const schema = z.fromJSONSchema(published);
  for (const [what, report] of reports)
    it(`matches the published schema and is parsed to the same report: ${what}`, () => {
      const read = JSON.parse(reportJson(report));
      assert.deepEqual(read, report);
      assert.deepEqual(schema.parse(read), report);
      assert.deepEqual(reportSchema.parse(read), report, "no key is unknown to the schema");
    });

  const wrong: readonly (readonly [string, object])[] = [
    ["an unknown verdict", { verdict: "fine" }],
    ["no exit code", { exitCode: undefined }],
    ["a reason that is not a string", { reasons: [1] }],
    ["another version", { version: 2 }],
    ["an unknown direction", { direction: "up" }],
    ["a step without a status", { execution: { arn: "arn:aws:x", steps: [{ name: "Train", cached: false }] } }],
  ];
  for (const [what, change] of wrong)
    it(`is rejected by the published schema with ${what}`, () => {
      assert.equal(schema.safeParse(JSON.parse(JSON.stringify({ ...exampleReport, ...change }))).success, false);
    });

  it("has a column of numbers on one line", () => {
    const lines = reportJson(exampleReport).split("\n");
    assert.equal(lines.filter((line) => /^\s+-?\d/.test(line)).length, 0);
    assert.ok(lines.length < 250, `${lines.length} lines`);
  });
});

describe("a written report", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "report-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("has all forms and replaces an earlier report", () => {
    const inside = join(folder, "new", "report");
    assert.equal(writeReport(inside, errorReport), join(inside, "report.html"));
    writeReport(inside, exampleReport);
    assert.deepEqual(readdirSync(inside).sort(), ["report.html", "report.json", "report.md"]);
    assert.deepEqual(JSON.parse(readFileSync(join(inside, "report.json"), "utf8")), exampleReport);
    assert.match(readFileSync(join(inside, "report.md"), "utf8"), /^## Stack check: PASS/);
    assert.match(readFileSync(join(inside, "report.html"), "utf8"), /^<!doctype html>/);
  });

  it("names the folder if it cannot be written", () => {
    writeFileSync(join(folder, "file"), "");
    assert.throws(() => writeReport(join(folder, "file", "report"), exampleReport), /ENOTDIR|EEXIST/);
  });
});
