import assert from "node:assert/strict";
import { escapeHtml } from "../../../../check/report/plots/escape-html.mjs";
import { html } from "../../../../check/report/plots/html.ts";

describe("HTML templates", () => {
  const texts: readonly (readonly [string, string])[] = [
    ["plain", "plain"],
    ["<b>&amp;</b>", "&lt;b&gt;&amp;amp;&lt;/b&gt;"],
    [`"quoted" and 'quoted'`, "&quot;quoted&quot; and &#39;quoted&#39;"],
    ["a\u0000b\u001b[31mc\u202ed", "ab[31mcd"],
    ["two\nlines\tand a tab", "two\nlines\tand a tab"],
  ];
  for (const [from, to] of texts)
    it(`writes ${JSON.stringify(from)} as text`, () => assert.equal(escapeHtml(from), to));

  it("escape inserted texts, but not inserted HTML", () => {
    const inner = html`<b>${"<i>"}</b>`;
    assert.equal(
      html`<p title="${'"'}">${inner}${[inner, inner]}${3}${undefined}</p>`.text,
      `<p title="&quot;">${`${inner}`.repeat(3)}3</p>`,
    );
  });
});
