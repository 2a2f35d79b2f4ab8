import { numbers, verdictTitles, whereabouts } from "../content/facts.ts";
import { nameWords } from "../content/name-words.ts";
import type { Report } from "../content/report.ts";
import { stepColumns, stepRows } from "../content/step-table.ts";
import type { Figure } from "../plots/figure.ts";
import { type Html, html } from "../plots/html.ts";
import { pageFrame } from "./page-frame.mjs";
import { style } from "./style.ts";

function reasons({ verdict, reasons: lines }: Report): Html {
  if (verdict === "error" && lines.length > 1) return html`<pre>${lines.join("\n")}</pre>`;
  return html`${lines.map((line, index) => html`<p class="${index === 0 ? "lead" : ""}">${line}</p>\n`)}`;
}

/** Lets lines break between the words of a name. */
function breakable(name: string): Html {
  return html`${nameWords(name).map((word) => html`${word}<wbr>`)}`;
}

function table(rows: readonly (readonly [string, string])[], head?: readonly [string, string]): Html {
  const first = head && html`<tr><th scope="col">${head[0]}</th><th scope="col">${head[1]}</th></tr>\n`;
  return html`<table>\n${first}${rows.map(([label, value]) => html`<tr><th scope="row">${breakable(label)}</th><td>${value}</td></tr>\n`)}</table>\n`;
}

function section(title: string, content: Html): Html {
  return html`<section>\n<h2>${title}</h2>\n${content}</section>\n`;
}

function picture({ id, title, description, svg }: Figure): Html {
  // Screen readers already get the description from the picture itself.
  const words = id === "graph" ? html`` : html`<p aria-hidden="true">${description}</p>`;
  return html`<figure id="${id}">\n<figcaption><h3>${title}</h3>${words}</figcaption>\n${svg}\n</figure>\n`;
}

function steps(report: Report, figures: readonly Figure[]): Html {
  const rows = stepRows(report, { withReasons: true });
  if (rows.length === 0) return html``;
  const drawn = figures.filter(({ id }) => id === "graph").map(picture);
  return section("Steps", html`<div class="pictures">\n${drawn}<div>${table(rows, stepColumns)}</div>\n</div>\n`);
}

function pictures(figures: readonly Figure[]): Html {
  const drawn = figures.filter(({ id }) => id !== "graph");
  if (drawn.length === 0) return html``;
  return section("Pictures", html`<div class="pictures">\n${drawn.map(picture)}</div>\n`);
}

function notDrawn({ notDrawn: missing = [] }: Report): Html {
  if (missing.length === 0) return html``;
  return section("Not drawn", html`${missing.map(({ picture: name, reason }) => html`<p>${name}: ${reason}.</p>\n`)}`);
}

/**
 * Formats the report as one HTML page without scripts, requests or other files. The verdict comes first, in words. Every
 * picture has a name and a description, and shapes and dashes distinguish its parts, not only colours.
 */
export function reportPage(report: Report, figures: readonly Figure[]): string {
  const { title, kind } = verdictTitles[report.verdict];
  const name = report.pipeline ?? "stack check";
  const facts = numbers(report);
  const main = html`<h1><span class="verdict ${kind}">${title}</span> ${name}</h1>
${reasons(report)}${facts.length === 0 ? html`` : section("Numbers", table(facts))}${steps(report, figures)}${pictures(figures)}${notDrawn(report)}${section("Where it is", table(whereabouts(report)))}`;
  return pageFrame(html`${title}: ${name}`.text, main.text, style);
}
