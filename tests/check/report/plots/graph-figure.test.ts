import assert from "node:assert/strict";
import { graphFigure, nameLines } from "../../../../check/report/plots/graph-figure.ts";

describe("the name of a step in the graph", () => {
  const names: readonly (readonly [string, readonly string[]])[] = [
    ["Train", ["Train"]],
    ["PreprocessCricketsData", ["PreprocessCrickets", "Data"]],
    ["CheckMSECricketsEvaluation", ["CheckMSECrickets", "Evaluation"]],
    ["a-step-with-a-rather-long-name", ["a-step-with-a-", "rather-long-name"]],
    ["x".repeat(40), ["x".repeat(18), "x".repeat(18), "xxxx"]],
  ];
  for (const [name, lines] of names)
    it(`breaks between words: ${name}`, () => {
      assert.deepEqual(nameLines(name), lines);
      assert.equal(lines.join(""), name);
    });
});

describe("the graph", () => {
  const graph = {
    steps: ["A", "B", "C"].map((name) => ({ name, type: "Processing" })),
    edges: [
      { from: "A", to: "B", label: "true" },
      { from: "A", to: "C" },
      { from: "Gone", to: "C" },
    ],
  };
  const ran = [
    { name: "A", status: "Succeeded", cached: false, seconds: 12 },
    { name: "B", status: "Failed", cached: false, seconds: 0.4 },
  ];
  const { description, svg } = graphFigure(graph, ran);

  it("describes in words how each step ended", () => {
    assert.equal(description, "3 steps, from top to bottom. A: succeeded in 12 s. B: failed in 0.4 s. C: did not run.");
  });

  it("has an arrow for each pair of existing steps", () => {
    assert.equal(svg.text.match(/marker-end/g)?.length, 2);
    assert.match(svg.text, />true<\/text>/);
  });

  it("draws a failed step with a thick border, and a step that did not run with a dashed border", () => {
    const borders = [...svg.text.matchAll(/<rect .*?fill="none" ([^/]*)\/>/g)].map(([, border]) => border);
    assert.deepEqual(borders, [
      'stroke="currentColor" stroke-width="1.25"',
      'stroke="var(--bad)" stroke-width="3"',
      'stroke="var(--soft)" stroke-dasharray="4 3"',
    ]);
  });
});
