import { type Edge, Graph, layout, type Point } from "@dagrejs/dagre";
import { nameWords } from "../content/name-words.ts";
import type { Report, StepReport } from "../content/report.ts";
import { stepOutcome } from "../content/step-outcome.ts";
import { type Figure, figure } from "./figure.ts";
import { type Html, html } from "./html.ts";

type StepGraph = NonNullable<Report["graph"]>;

/** Sizes in pixels. The width of a letter is an estimate, larger than in most fonts. */
const [letter, line, padding] = [8.2, 15, 8];
const mostLetters = 18;

/** Splits a name into lines of at most `mostLetters` letters, between words where possible. */
export function nameLines(name: string): readonly string[] {
  const lines: string[] = [];
  for (const word of nameWords(name).flatMap((each) => each.match(new RegExp(`.{1,${mostLetters}}`, "gs")) ?? [])) {
    const last = lines.at(-1);
    if (last === undefined || (last + word).length > mostLetters) lines.push(word);
    else lines[lines.length - 1] = last + word;
  }
  return lines;
}

function texts(lines: readonly string[], x: number, top: number): Html {
  return html`${lines.map((text, index) => html`<text x="${x}" y="${top + line * (index + 0.75)}" font-weight="${index === lines.length - 1 ? "normal" : "600"}">${text}</text>`)}`;
}

/** Returns the border of a step's box, which shows its status without colours: a step that did not run has a dashed border. */
function border(step: StepReport | undefined): Html {
  if (step === undefined) return html`stroke="var(--soft)" stroke-dasharray="4 3"`;
  if (step.status === "Failed") return html`stroke="var(--bad)" stroke-width="3"`;
  return html`stroke="currentColor" stroke-width="1.25"`;
}

function description(steps: StepGraph["steps"], ran: ReadonlyMap<string, StepReport>): string {
  return `${steps.length} steps, from top to bottom. ${steps.map(({ name }) => `${name}: ${stepOutcome(ran.get(name))}.`).join(" ")}`;
}

/** Draws the pipeline's steps as boxes with their outcomes, each below the steps that it depends on. */
export function graphFigure({ steps, edges }: StepGraph, ran: readonly StepReport[]): Figure {
  const outcomes = new Map(ran.map((step) => [step.name, step]));
  const graph = new Graph({ multigraph: false });
  graph.setGraph({ rankdir: "TB", nodesep: 14, ranksep: 34, marginx: 4, marginy: 4 });
  graph.setDefaultEdgeLabel(() => ({}));
  const words = new Map(steps.map(({ name }) => [name, [...nameLines(name), stepOutcome(outcomes.get(name))]]));
  for (const [name, lines] of words) {
    const width = Math.max(...lines.map(({ length }) => length)) * letter + padding;
    graph.setNode(name, { width, height: lines.length * line + 2 * padding });
  }
  for (const { from, to, label } of edges)
    if (words.has(from) && words.has(to))
      graph.setEdge(from, to, label === undefined ? {} : { label, width: label.length * letter, height: line });
  layout(graph);

  const boxes = steps.map(({ name }) => {
    const { x = 0, y = 0, width = 0, height = 0 } = graph.node(name);
    return html`<rect x="${x - width / 2}" y="${y - height / 2}" width="${width}" height="${height}" rx="4" fill="none" ${border(outcomes.get(name))}/>${texts(words.get(name) ?? [], x, y - height / 2 + padding)}`;
  });
  const arrows = graph.edges().map((edge: Edge) => {
    const { points = [], x, y, label } = graph.edge(edge);
    const path = points.map((point: Point) => `${point.x.toFixed(1)},${point.y.toFixed(1)}`).join(" L");
    const word =
      typeof label === "string" && x !== undefined && y !== undefined
        ? html`<text x="${x}" y="${y + 4}" stroke="var(--ground)" stroke-width="4" paint-order="stroke">${label}</text>`
        : html``;
    return html`<path d="M${path}" fill="none" stroke="currentColor" marker-end="url(#arrow)"/>${word}`;
  });
  const { width = 0, height = 0 } = graph.graph();
  return figure({
    id: "graph",
    title: "Steps of the execution",
    description: description(steps, outcomes),
    ...{ width: Math.ceil(width), height: Math.ceil(height) },
    content: html`<defs><marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0,0 L8,4 L0,8 z" fill="currentColor"/></marker></defs><g font-family="system-ui, sans-serif" font-size="11.5" text-anchor="middle" fill="currentColor">${arrows}${boxes}</g>`,
  });
}
