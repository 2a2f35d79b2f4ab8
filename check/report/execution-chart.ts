import { label } from "../../language/mermaid.ts";
import type { Report, StepReport } from "./content/report.ts";
import { stepOutcome } from "./content/step-outcome.ts";

/** What Mermaid draws with the settings that GitHub leaves it: longer texts and more edges are an error in the picture's place. */
const [mostCharacters, mostEdges] = [50_000, 500];

/** How a step's box is drawn, as on the page: its status is seen without colours. */
function look(step: StepReport | undefined): string {
  if (step === undefined) return ":::missed";
  return step.status === "Failed" ? ":::failed" : "";
}

/**
 * The steps of an execution and how they ended, as a Mermaid flow chart, which GitHub shows as a picture; undefined where
 * nothing is known of them, or there are too many.
 * Source: https://mermaid.js.org/syntax/flowchart.html, https://mermaid.js.org/config/schema-docs/config.html (maxTextSize, maxEdges)
 */
export function executionChart({ graph, execution }: Report): string | undefined {
  if (graph === undefined || graph.edges.length > mostEdges) return undefined;
  const ran = new Map(execution?.steps?.map((step) => [step.name, step]));
  // Names may be words that Mermaid knows, such as "end".
  const ids = new Map(graph.steps.map(({ name }, index) => [name, `s${index + 1}`]));
  const boxes = graph.steps.map(({ name }) => {
    const step = ran.get(name);
    return `${ids.get(name)}["${label(name)}<br/>${label(stepOutcome(step))}"]${look(step)}`;
  });
  const arrows = graph.edges
    .filter(({ from, to }) => ids.has(from) && ids.has(to))
    .map((edge) => {
      const words = edge.label === undefined ? "" : `|"${label(edge.label)}"|`;
      return `${ids.get(edge.from)} -->${words} ${ids.get(edge.to)}`;
    });
  const styles = ["classDef missed stroke-dasharray:4 3", "classDef failed stroke-width:4px"];
  const text = ["flowchart TD", ...[...boxes, ...arrows, ...styles].map((line) => `  ${line}`)].join("\n");
  return text.length > mostCharacters ? undefined : text;
}
