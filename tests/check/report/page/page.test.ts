import assert from "node:assert/strict";
import type { Report } from "../../../../check/report/content/report.ts";
import { reportPage } from "../../../../check/report/page/page.ts";
import { drawFigures } from "../../../../check/report/plots/draw-figures.ts";
import { classificationReport, errorReport, exampleReport, hostileReport } from "../example-report.ts";

async function drawn(report: Report): Promise<string> {
  const { report: whole, figures } = await drawFigures(report);
  return reportPage(whole, figures);
}

describe("report.html", function () {
  this.timeout(30_000);

  it("begins with the verdict and the reasons", async () => {
    const [, body = ""] = (await drawn(exampleReport)).split("<main>");
    const words = body
      .replaceAll(/<[^>]*>/g, " ")
      .replaceAll(/\s+/g, " ")
      .trim();
    assert.ok(
      words.startsWith("PASS crickets-training-dev The difference to the baseline&#39;s 5.445"),
      words.slice(0, 200),
    );
  });

  it("has every picture for which there is data", async () => {
    const page = await drawn(exampleReport);
    assert.deepEqual(
      [...page.matchAll(/<figure id="([^"]*)"/g)].map(([, id]) => id),
      [
        "graph",
        "difference",
        "predicted-actual",
        "residuals",
        "error-by-label",
        "training-curve",
        "feature-gain",
        "model-history",
      ],
    );
  });

  it("cuts no text of its pictures except long names", async () => {
    assert.doesNotMatch(`${await drawn(exampleReport)}${await drawn(classificationReport)}`, /\u2026/);
    assert.match(await drawn(hostileReport()), /\u2026/);
  });

  it("omits a picture without data, and says why", async () => {
    const page = await drawn(errorReport);
    assert.doesNotMatch(page, /<svg/);
    assert.match(page, /The graph: AccessDenied: /);
    assert.match(page, /<pre>The execution failed\nStep Train failed: no memory/);
  });

  for (const [what, report] of [
    ["a whole report", hostileReport()],
    ["an error", hostileReport(errorReport)],
  ] as const)
    it(`escapes everything that it quotes, in texts and in pictures: ${what}`, async () => {
      const page = await drawn(report);
      assert.doesNotMatch(page, /<script|<img|!\[a\]\(https:[^)]*\)"(?! )[^>]*=/);
      assert.ok(page.includes("&lt;script&gt;alert("));
      assert.equal(page.match(/<\/svg>/g)?.length, page.match(/<svg /g)?.length);
    });

  it("stays below 1 MB with the most rows, steps, rounds and models", async () => {
    const column = (length: number) => Array.from({ length }, (_, index) => Math.sin(index) * 1e4);
    const many = <T>(length: number, make: (index: number) => T) => Array.from({ length }, (_, index) => make(index));
    const page = await drawn({
      ...exampleReport,
      predictions: {
        label: "y",
        testRows: 1e6,
        actual: column(10_000),
        candidate: column(10_000),
        baseline: column(10_000),
      },
      training: {
        rounds: many(500, (index) => index),
        curves: many(4, (index) => ({ name: `m${index}`, values: column(500) })),
      },
      featureGain: many(500, (index) => ({ feature: `feature ${index}`, gain: index })),
      models: many(50, (index) => ({
        ...{ version: index + 1, modelPackageArn: "arn:aws:x", approval: "Approved", value: 5 + Math.cos(index) },
      })),
      graph: {
        steps: many(50, (index) => ({ name: `Step${index}`, type: "Processing" })),
        edges: many(49, (index) => ({ from: `Step${index}`, to: `Step${index + 1}` })),
      },
    });
    assert.ok(page.length < 1_000_000, `${page.length} characters`);
  });

  it("has a sentence instead of a picture that cannot be drawn", async () => {
    const broken = { ...exampleReport, graph: { steps: [{ name: "A", type: "Fail" }], edges: null as never } };
    const { report, figures } = await drawFigures(broken);
    assert.ok(!figures.some(({ id }) => id === "graph"));
    assert.match(report.notDrawn?.[0]?.reason ?? "", /^it could not be drawn/);
    assert.match(reportPage(report, figures), /The graph: it could not be drawn/);
  });
});
