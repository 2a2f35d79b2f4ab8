import assert from "node:assert/strict";
import { reportSchema } from "../../../check/report/content/report.ts";
import { errorForms } from "../../../check/report/early-report.mjs";
import { markdownReport } from "../../../check/report/markdown.ts";
import { reportJson } from "../../../check/report/write-report.ts";
import { hostile } from "./example-report.ts";

describe("the report of a check whose modules are not loaded", () => {
  const created = new Date("2026-01-02T03:04:05.678Z");
  const cases: readonly (readonly [string, number, readonly string[]])[] = [
    ["a sentence", 143, ["The check was ended by SIGTERM."]],
    ["several lines", 2, ["It failed", "```", "# not a heading"]],
    ["text with markup", 2, [hostile]],
  ];
  for (const [what, exitCode, reasons] of cases) {
    const forms = errorForms(exitCode, reasons, created);
    const report = reportSchema.parse(JSON.parse(forms.json));

    it(`equals the full report in JSON and in Markdown: ${what}`, () => {
      assert.deepEqual(report, { version: 1, verdict: "error", exitCode, reasons, created: created.toISOString() });
      assert.equal(forms.json, reportJson(report));
      assert.equal(forms.markdown, markdownReport(report));
    });

    it(`has a page that loads nothing and escapes its text: ${what}`, () => {
      const [, text = ""] = /<pre>([\s\S]*?)<\/pre>/.exec(forms.page) ?? [];
      assert.doesNotMatch(text, /[<>"']/);
      const plain = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" } as Readonly<Record<string, string>>;
      assert.equal(
        text.replaceAll(/&([^;]+);/g, (_, name: string) => plain[name] ?? "?"),
        reasons.join("\n"),
      );
      assert.match(forms.page, /http-equiv="Content-Security-Policy" content="default-src 'none';/);
      assert.match(forms.page, new RegExp(`exit code ${exitCode}, reported 2026-01-02T03:04:05`));
    });
  }
});
