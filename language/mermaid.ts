import type { StepDefinition } from "../service-model/definition.ts";
import { type Edge, stepGraph } from "../service-model/step-graph.ts";
import type { Pipeline } from "./pipeline/pipeline.ts";
import { renderPipeline } from "./pipeline/render-pipeline.ts";

/** Escapes a text for a Mermaid label: one line, with quotation marks as entities, because they end the label. */
export function label(text: string): string {
  return (
    text
      .replaceAll(/\s+/g, " ")
      .replaceAll("&", "#amp;")
      .replaceAll('"', "#quot;")
      .replaceAll("<", "#lt;")
      .replaceAll(">", "#gt;")
      // Mermaid reads a text that begins with a backtick as Markdown.
      .replaceAll("`", "#96;")
  );
}

/** What a picture says about a step, and the class of its box. */
export interface StepMark {
  readonly words: string;
  readonly look: "thick" | "dashed" | "plain";
}

function node(id: string, { Name: name, Type: type }: StepDefinition, mark: StepMark | undefined): string {
  const text = `"${[name, type, ...(mark === undefined ? [] : [mark.words])].map(label).join("<br/>")}"`;
  const look = mark === undefined || mark.look === "plain" ? "" : `:::${mark.look}`;
  switch (type) {
    case "Condition":
      return `${id}{${text}}${look}`;
    case "ForEach":
      return `${id}[[${text}]]${look}`;
    case "Fail":
      return `${id}(${text})${look}`;
    default:
      return `${id}[${text}]${look}`;
  }
}

const classes = ["classDef thick stroke-width:4px", "classDef dashed stroke-dasharray:4 3"];

const arrows: { readonly [Kind in Edge["kind"]]: string } = {
  data: "-->",
  order: "-.->",
  if: "-->|true|",
  else: "-->|false|",
  body: "-->|each item|",
};

function arrow({ kind, trigger }: Edge): string {
  return trigger === undefined ? arrows[kind] : `-.->|${trigger.toLowerCase()}|`;
}

/**
 * Returns the graph of a pipeline as a Mermaid flow chart, which GitHub shows as a picture. A solid arrow means that a
 * step uses results of another step, a dotted one that it only waits for it.
 * Source: https://mermaid.js.org/syntax/flowchart.html
 *
 * @param marks what the picture says about steps, by name
 */
export function mermaid(pipeline: Pipeline, marks: ReadonlyMap<string, StepMark> = new Map()): string {
  const { steps, edges } = stepGraph(renderPipeline(pipeline));
  // A step's name may be a keyword of Mermaid, such as "end", so the nodes have their own ids.
  const ids = new Map(steps.map(({ step }, index) => [step.Name, `s${index + 1}`]));
  const used = new Set(edges.filter(({ kind }) => kind === "data").map(({ from, to }) => `${from} ${to}`));
  const lines = edges
    .filter(({ from, to, kind, trigger }) => kind !== "order" || trigger || !used.has(`${from} ${to}`))
    .map((edge) => `${ids.get(edge.from)} ${arrow(edge)} ${ids.get(edge.to)}`);
  const boxes = steps.map(({ step }) => node(ids.get(step.Name) ?? "", step, marks.get(step.Name)));
  return ["flowchart TD", ...boxes, ...lines, ...(marks.size === 0 ? [] : classes)]
    .map((line, index) => (index === 0 ? line : `  ${line}`))
    .join("\n");
}
