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

function node(id: string, { Name: name, Type: type }: StepDefinition): string {
  const text = `"${label(name)}<br/>${label(type)}"`;
  switch (type) {
    case "Condition":
      return `${id}{${text}}`;
    case "ForEach":
      return `${id}[[${text}]]`;
    case "Fail":
      return `${id}(${text})`;
    default:
      return `${id}[${text}]`;
  }
}

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
 */
export function mermaid(pipeline: Pipeline): string {
  const { steps, edges } = stepGraph(renderPipeline(pipeline));
  // A step's name may be a keyword of Mermaid, such as "end", so the nodes have their own ids.
  const ids = new Map(steps.map(({ step }, index) => [step.Name, `s${index + 1}`]));
  const used = new Set(edges.filter(({ kind }) => kind === "data").map(({ from, to }) => `${from} ${to}`));
  const lines = edges
    .filter(({ from, to, kind, trigger }) => kind !== "order" || trigger || !used.has(`${from} ${to}`))
    .map((edge) => `${ids.get(edge.from)} ${arrow(edge)} ${ids.get(edge.to)}`);
  return ["flowchart TD", ...steps.map(({ step }) => node(ids.get(step.Name) ?? "", step)), ...lines]
    .map((line, index) => (index === 0 ? line : `  ${line}`))
    .join("\n");
}
