import assert from "node:assert/strict";
import { prose } from "../../../check/report/content/markdown-text.ts";
import { markdownReport } from "../../../check/report/markdown.ts";
import { errorReport, exampleReport, hostile, hostileReport } from "./example-report.ts";

describe("report.md", () => {
  const text = markdownReport(exampleReport);

  const parts: readonly (readonly [string, RegExp])[] = [
    ["the verdict and the pipeline", /^## Stack check: PASS `crickets-training-dev`\n/],
    ["the reasons, the deciding one first", /\n- The difference to [^\n]*\n- The candidate/],
    ["the numbers", /\n\| candidate MSE \| 5\\?\.464 \|\n\| baseline MSE \| 5\\?\.445 \|\n/],
    ["the steps and how they ended", /\n\| `FitLine` \| succeeded in 3 min 4 s \|\n/],
    ["a step from the cache", /\n\| `SplitChirps` \| from the cache \|\n/],
    ["a step that did not run", /\n\| `RefuseLine` \| did not run \|\n/],
    ["the time of the report", /\nreported: `2026-01-02T03:04:05\.678Z`<br>\n/],
    ["the ARNs", /execution: `arn:aws:sagemaker:[^`]*uukpafgfess9`/],
  ];
  for (const [what, pattern] of parts) it(`has ${what}`, () => assert.match(text, pattern));

  it("draws the steps in a Mermaid block", () =>
    assert.match(text, /\n```mermaid\nflowchart TD\n {2}s1\["SplitChirps<br\/>from the cache"\]\n/));

  it("shows an error's text in a code block that the text cannot end", () => {
    const error = markdownReport({ ...errorReport, reasons: ["It failed", "```", "# not a heading"] });
    assert.match(error, /\n````text\nIt failed\n```\n# not a heading\n````\n/);
  });

  it("cuts a long log to the length of a job summary", () => {
    const error = markdownReport({ ...errorReport, reasons: ["It failed", "x".repeat(2_000_000)] });
    assert.ok(error.length < 60_000, `${error.length} characters`);
  });

  it("escapes everything that it quotes", () => {
    const lines = markdownReport(hostileReport())
      .replaceAll(/^(`{3,}).*\n[\s\S]*?\n\1$/gm, "")
      .split("\n");
    const outsideOfCode = lines.map((line) => line.replaceAll(/(`+)(?:(?!\1).|\n)*?[^`]\1(?!`)/g, ""));
    for (const line of outsideOfCode) {
      assert.doesNotMatch(line, /(?<!\\)<(?!br>)/, line);
      assert.doesNotMatch(line, /(?<!\\)[*_[\]!@]/, line);
      assert.doesNotMatch(line, /https?:\/\//, line);
    }
  });

  const escaped: readonly (readonly [string, string])[] = [
    ["plain words, 5.4 and 6.", "plain words, 5.4 and 6."],
    ["a *b* _c_ `d`", "a \\*b\\* \\_c\\_ \\`d\\`"],
    ["<b>", "\\<b\\>"],
    ["a | b", "a \\| b"],
    ["1. first", "1\\. first"],
    ["see https://example.com", "see https&#58;//example.com"],
    ["see www.example.com", "see www&#46;example.com"],
    ["one\ntwo\u202ethree", "one two three"],
    ["back\\slash", "back\\\\slash"],
  ];
  for (const [from, to] of escaped) it(`writes ${JSON.stringify(from)} as words`, () => assert.equal(prose(from), to));

  it("escapes the hostile text of these tests", () => assert.doesNotMatch(prose(hostile), /(?<!\\)[<*@[]/));
});
