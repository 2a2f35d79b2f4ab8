import assert from "node:assert/strict";
import { drawPlot } from "../../../../check/report/plots/plot.ts";

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

  it("keeps its texts, and rounds only coordinates", async () => {
    const { svg } = await drawPlot({ id: "a", title: "T & t", description: "D", layer });
    assert.match(svg.text, />baseline 5\.44512 class="mine" &lt;b&gt;</);
    for (const [tag] of svg.text.matchAll(/<[^>]*>/g)) assert.doesNotMatch(tag, /\d\.\d{3}| class=| role="graphics/);
  });

  it("cuts a long axis title instead of shrinking", async () => {
    const points = (title: string) => ({
      data: { values: [{ at: 0 }, { at: 1 }] },
      mark: "point",
      encoding: {
        x: { field: "at", type: "quantitative", title },
        y: { field: "at", type: "quantitative", title },
      },
    });
    const places = async (title: string) => {
      const { svg } = await drawPlot({ id: "a", title: "T", description: "D", layer: [points(title)] });
      const pixels = [...svg.text.matchAll(/<path [^>]*transform="translate\(([\d.]+),([\d.]+)\)"/g)];
      return pixels.map(([, x, y]) => [Number(x), Number(y)]);
    };
    const [short, long] = [await places("metric"), await places("metric ".repeat(100))];
    assert.equal(short.length, 2);
    for (const [index, [x = 0, y = 0]] of short.entries()) {
      assert.ok(Math.abs((long[index]?.[0] ?? Number.NaN) - x) <= 1, `${long[index]} for ${x}, ${y}`);
      assert.ok(Math.abs((long[index]?.[1] ?? Number.NaN) - y) <= 1, `${long[index]} for ${x}, ${y}`);
    }
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
