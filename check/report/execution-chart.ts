import { label } from "../../language/mermaid.ts";
import type { Report, StepReport } from "./content/report.ts";
import { stepOutcome } from "./content/step-outcome.ts";

/** Mermaid's default limits, which GitHub uses. Beyond them Mermaid shows an error instead of the picture. */
const [mostCharacters, mostEdges] = [50_000, 500];

/** Returns the style of a step's box, which shows its status without colours, as on the page. */
function look(step: StepReport | undefined): string {
  if (step === undefined) return ":::missed";
  return step.status === "Failed" ? ":::failed" : "";
}

/**
 * Draws the steps of an execution and their outcomes as a Mermaid flow chart, which GitHub shows as a picture. Returns undefined
 * if the steps are unknown or too many.
 * Source: https://mermaid.js.org/syntax/flowchart.html, https://mermaid.js.org/config/schema-docs/config.html (maxTextSize, maxEdges)
 */
export function executionChart({ graph, execution }: Report): string | undefined {
  if (graph === undefined || graph.edges.length > mostEdges) return undefined;
  const ran = new Map(execution?.steps?.map((step) => [step.name, step]));
  // The ids are numbers, because a step's name may be a keyword of Mermaid, such as "end".
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
