import * as vega from "vega";
import { type Config, compile, type TopLevelSpec } from "vega-lite";
import { type Figure, figure } from "./figure.ts";
import { Html } from "./html.ts";

/** The layers of one Vega-Lite picture, without the settings that all pictures share. */
export interface Plot {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly height?: number;
  readonly layer: readonly object[];
}

/** The width in pixels, about that of a phone's screen, so that a phone does not shrink the letters. */
const width = 340;

/** Colours from the page's style, which supports dark mode. */
export const colours = { candidate: "var(--candidate)", baseline: "var(--baseline)", text: "currentColor" } as const;

const config: Config = {
  aria: false,
  background: "transparent",
  font: "system-ui, sans-serif",
  view: { stroke: null },
  axis: {
    aria: false,
    domainColor: colours.text,
    tickColor: colours.text,
    gridColor: "var(--grid)",
    labelColor: colours.text,
    labelFontSize: 11,
    titleColor: colours.text,
    titleFontSize: 12,
    titleFontWeight: "normal",
  },
  // A title that is longer than its limit would make the plot smaller.
  axisX: { titleLimit: 340 },
  axisY: { titleLimit: 240 },
  text: { color: colours.text, fontSize: 11, aria: false },
  point: { aria: false },
  line: { aria: false },
  rule: { aria: false, color: colours.text },
  bar: { aria: false },
};

const silent = {
  level: () => silent,
  error: () => silent,
  warn: () => silent,
  info: () => silent,
  debug: () => silent,
};

/** Draws a plot as SVG, without a browser and without a canvas. */
export async function drawPlot({ layer, height = 240, ...plot }: Plot): Promise<Figure> {
  const spec = { width, height, autosize: { type: "fit", contains: "padding" }, padding: 4, config, layer };
  const { spec: compiled } = compile(spec as unknown as TopLevelSpec, { logger: silent as never });
  const view = new vega.View(vega.parse(compiled), { renderer: "none", logLevel: vega.None });
  const svg = await view.toSVG();
  view.finalize();
  const [, outerWidth, outerHeight, content = ""] =
    /^<svg [^>]*?width="([\d.]+)" height="([\d.]+)"[^>]*>(.*)<\/svg>$/s.exec(svg) ?? [];
  const bare = content.replaceAll(/<[^>]*>/g, (tag) => tag.replaceAll(unused, "").replaceAll(longNumber, shortNumber));
  return figure({ ...plot, width: Number(outerWidth), height: Number(outerHeight), content: new Html(bare) });
}

/** Removes the labels of the picture's parts, because screen readers read the picture as a whole. */
const unused = / (role|aria-roledescription|aria-hidden|class)="[^"]*"/g;
const longNumber = /-?\d+\.\d{3,}/g;

/** Rounds numbers to hundredths of a pixel, which keeps the page small. */
function shortNumber(number: string): string {
  return String(Math.round(Number(number) * 100) / 100);
}
