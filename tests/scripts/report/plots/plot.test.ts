import assert from "node:assert/strict";
import { drawPlot } from "../../../../scripts/report/plots/plot.ts";

describe("a plot", () => {
  const text = 'baseline 5.44512 class="mine" <b>';
  const layer = [
    { data: { values: [{ text }] }, mark: { type: "text" }, encoding: { text: { field: "text" } } },
    {
      data: { values: [1, 2, 3].map((at) => ({ at: at / 7 })) },
      mark: { type: "point" },
      encoding: { x: { field: "at", type: "quantitative" } },
    },
  ];

  it("keeps what is written in it, and shortens only what it is drawn with", async () => {
    const { svg } = await drawPlot({ id: "a", title: "T & t", description: "D", layer });
    assert.match(svg.text, />baseline 5\.44512 class="mine" &lt;b&gt;</);
    for (const [tag] of svg.text.matchAll(/<[^>]*>/g)) assert.doesNotMatch(tag, /\d\.\d{3}| class=| role="graphics/);
  });

  it("has a name and a description", async () => {
    const { svg } = await drawPlot({ id: "a", title: "T & t", description: "<D>", layer });
    assert.match(
      svg.text,
      /^<svg role="img" aria-labelledby="a-title" aria-describedby="a-description" viewBox="0 0 \d+ \d+"/,
    );
    assert.match(svg.text, /<title id="a-title">T &amp; t<\/title><desc id="a-description">&lt;D&gt;<\/desc>/);
  });
});
