import * as vega from "vega";
import { type Config, compile, type TopLevelSpec } from "vega-lite";
import { type Figure, figure } from "./figure.ts";
import { Html } from "./html.ts";

/** Layers of one Vega-Lite picture, without what is the same in all of them. */
export interface Plot {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly height?: number;
  readonly layer: readonly object[];
}

/** About the width of a phone's screen, so that letters are there as large as they are here, in pixels. */
const width = 340;

/** Colours are the page's own, which know of dark mode. */
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
  // A title takes the plot's place where it is longer than the plot.
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

/** What a part is called is of no use to anyone inside of a picture that is read as a whole. */
const unused = / (role|aria-roledescription|aria-hidden|class)="[^"]*"/g;
const longNumber = /-?\d+\.\d{3,}/g;

/** Hundredths of a pixel are enough, and the page stays small. */
function shortNumber(number: string): string {
  return String(Math.round(Number(number) * 100) / 100);
}
