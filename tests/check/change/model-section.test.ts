import assert from "node:assert/strict";
import { modelChangeSchema } from "../../../check/change/model-change.ts";
import { modelKind } from "../../../check/change/model-concerns.ts";
import { modelLine, modelSection, modelSections } from "../../../check/change/model-section.ts";
import { hostile, hostileReport } from "../report/example-report.ts";
import { exampleChange, samePipeline, worsePipeline } from "./example-change.ts";

describe("the model section of a pull request", () => {
  const text = modelSection(exampleChange);

  const parts: readonly (readonly [string, RegExp])[] = [
    ["the verdict and the metric in its first line", /^### Model: REGRESSION, `crickets`: MSE 5\.445 → 5\.464\n/],
    ["the commits", /\nHead `aaaaaaaaaa` is compared with the base `bbbbbbbbbb`\.\n/],
    [
      "the pipelines that were not trained",
      /\nSame definition, code, data and thresholds, so not trained: `abalone`\./,
    ],
    [
      "the metric of both models, with the interval of the difference",
      /\n\| MSE \| 5\.445 \| \*\*5\.464\*\* \| \+.* to .*\) \|/,
    ],
    ["the steps that ran and those from the cache", /\nRan: `FitLine`, .*\. From the cache: `SplitChirps`\.\n/],
    ["the graph", /\n```mermaid\nflowchart TD\n/],
    ["the difference of the definitions", /<summary>What changes in the definition<\/summary>\n\n```text\nSteps\n/],
    [
      "the places of the pictures",
      /\nPictures: `crickets\/report\.html` \(head\), `crickets\/base\/report\.html` \(base\), beside/,
    ],
  ];
  for (const [what, pattern] of parts) it(`has ${what}`, () => assert.match(text, pattern));

  it("has one short line for a change that touches no pipeline", () => {
    const nothing = { ...exampleChange, verdict: "nothing", exitCode: 0, pipelines: [samePipeline] } as const;
    assert.match(modelSection(nothing), /^### Model: nothing changes the model\n\nHead `a+` is .*\n\nSame .*\n$/);
  });

  it("names the newer commit of a base branch that has moved on", () => {
    const moved = { ...exampleChange, baseCommit: "c".repeat(40) };
    assert.match(modelSection(moved), /left the base branch, which has moved on to `cccccccccc`: update the branch/);
  });

  it("shows a changed threshold with the verdicts by both values", () => {
    const pipeline = {
      ...worsePipeline,
      thresholds: [{ name: "ceiling", base: 6, head: 5 }],
      underBase: { verdict: "pass", reasons: [] },
    } as const;
    const [, section = ""] = modelSections({ ...exampleChange, pipelines: [pipeline] }, "in the artifact");
    assert.match(section, /\n\| ceiling \| 6 \| 5 \|\n\| verdict on head's model \| PASS \| REGRESSION \|\n/);
  });

  it("says in its first line what a good verdict does not show", () => {
    const head = { ...worsePipeline.head, verdict: "pass", exitCode: 0 } as typeof worsePipeline.head;
    const loosened = { ...worsePipeline, head, underBase: { verdict: "regression", reasons: [] } } as const;
    const { head: _, ...rest } = worsePipeline;
    const ungated = { ...rest, parts: ["gate"], run: { exitCode: 0 } } as const;
    const good = { ...exampleChange, verdict: "pass", exitCode: 0 } as const;
    for (const [change, line] of [
      [{ ...good, pipelines: [loosened] }, /5\.464, but `crickets` is REGRESSION by the base's thresholds$/],
      [{ ...good, pipelines: [ungated] }, /but `crickets` loses its gate$/],
      [
        { ...good, reasons: ["Broken."], pipelines: [loosened] },
        /but nothing is compared with the base; `crickets` is/,
      ],
    ] as const) {
      assert.match(modelLine(change), line);
      assert.equal(modelKind(change), "open");
    }
    assert.deepEqual([modelKind(exampleChange), modelKind({ ...good, pipelines: [samePipeline] })], ["bad", "good"]);
  });

  it("escapes everything that it quotes", () => {
    const report = hostileReport();
    const pipeline = { ...worsePipeline, folder: hostile, differences: hostile, notes: [hostile], head: report };
    const outside = modelSection({ ...exampleChange, pipelines: [pipeline] })
      .replaceAll(/^(`{3,}).*\n[\s\S]*?\n\1$/gm, "")
      .replaceAll(/<\/?(details|summary)>/g, "")
      .replaceAll(/(`+)(?:(?!\1).|\n)*?[^`]\1(?!`)/g, "");
    assert.doesNotMatch(outside, /(?<!\\)[<@]|https?:\/\//);
  });

  it("has a document that its schema accepts", () =>
    assert.deepEqual(modelChangeSchema.parse(JSON.parse(JSON.stringify(exampleChange))), exampleChange));
});
