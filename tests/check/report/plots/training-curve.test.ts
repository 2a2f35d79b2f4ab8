import assert from "node:assert/strict";
import { drawPlot } from "../../../../check/report/plots/plot.ts";
import { trainingCurvePlot } from "../../../../check/report/plots/training-curve.ts";

type Curves = Readonly<Record<string, readonly number[]>>;

async function drawn(curves: Curves) {
  const named = Object.entries(curves).map(([name, values]) => ({ name, values }));
  const rounds = named[0]?.values.map((_, index) => index) ?? [];
  const { description, svg } = await drawPlot(trainingCurvePlot({ rounds, curves: named }));
  const texts = [...svg.text.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, text = ""]) => text);
  return { description, svg: svg.text, texts, names: texts.filter((text) => text in curves) };
}

describe("the training curve", () => {
  for (const count of [1, 2, 3, 4, 6])
    it(`has only whole rounds on its axis: ${count} in all`, async () => {
      const { texts } = await drawn({ "train-rmse": Array.from({ length: count }, (_, index) => 10 - index) });
      // The numbers of the axis come before its title.
      const ticks = texts.slice(0, texts.indexOf("round"));
      assert.deepEqual(
        ticks,
        Array.from({ length: count }, (_, index) => String(index)),
      );
    });

  it("lists the names in the order in which the curves end, the topmost first", async () => {
    const { names } = await drawn({ low: [9, 1], high: [1, 3], middle: [5, 2] });
    assert.deepEqual(names, ["high", "middle", "low"]);
  });

  it("gives each of four curves its own dashes, which its name in the key shares", async () => {
    const { svg } = await drawn({ a: [4, 4], b: [3, 3], c: [2, 2], d: [1, 1] });
    const dashes = [...svg.matchAll(/<(path|line) [^>]*stroke-dasharray="([^"]*)"/g)];
    const of = (tag: string) => dashes.filter(([, each]) => each === tag).map(([, , dash]) => dash);
    assert.equal(new Set(of("path")).size, 4);
    assert.deepEqual(of("line"), of("path"));
  });

  it("draws a single round as a point, with a different shape for each curve", async () => {
    const { description, svg } = await drawn({ "train-rmse": [3], "validation-rmse": [4] });
    assert.match(description, /^One round of training\. train-rmse goes from 3 to 3;/);
    const shapes = [...svg.matchAll(/<path transform="[^"]*" d="([^"]*)" fill="var/g)].map(([, shape]) => shape);
    assert.equal(shapes.length, 4);
    assert.equal(new Set(shapes).size, 2, "one for each curve and its name");
  });
});
