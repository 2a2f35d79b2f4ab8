import { codeBlock, codeSpan, collapsed, prose, table } from "../report/content/markdown-text.ts";
import { stepOutcome } from "../report/content/step-outcome.ts";
import { executionChart } from "../report/execution-chart.ts";
import { comparisonTable, thresholdTable } from "./comparison-table.ts";
import type { PipelineModelChange } from "./model-change.ts";
import { modelVerdicts, pipelineVerdict } from "./model-verdict.ts";

/** The most characters of the difference of two definitions, and of an error. */
const longestDifference = 8000;
export const longestError = 4000;

/** Returns the parts of a pipeline that changed, as a sentence. They are unknown if the base was not deployed. */
function partsText({ kind, parts }: PipelineModelChange): readonly string[] {
  if (kind === "new") return ["The pipeline is new."];
  const words = parts.map((part) => `the ${part}`);
  const last = words.pop();
  if (last === undefined) return [];
  return [`The change is in ${words.length === 0 ? last : `${words.join(", ")} and ${last}`}.`];
}

function executionOf({ head, run }: PipelineModelChange) {
  return head?.execution ?? run?.execution;
}

/** Names the steps of head that ran, and those whose results came from the base's execution. */
function stepsText(change: PipelineModelChange): readonly string[] {
  const steps = executionOf(change)?.steps ?? [];
  const names = (cached: boolean) => steps.filter((step) => step.cached === cached).map(({ name }) => codeSpan(name));
  const [ran, cached] = [names(false), names(true)];
  if (steps.length === 0) return [];
  return [
    `Ran: ${ran.length === 0 ? "nothing" : ran.join(", ")}. From the cache: ${cached.length === 0 ? "nothing" : cached.join(", ")}.`,
  ];
}

/** Returns a table of the steps of both executions, which appears after a click. */
function stepTable(change: PipelineModelChange): readonly string[] {
  const [base, head] = [change.base?.execution?.steps ?? [], executionOf(change)?.steps ?? []];
  const names = [...new Set([...head, ...base].map(({ name }) => name))];
  if (names.length === 0) return [];
  const outcome = (steps: typeof base, name: string) => prose(stepOutcome(steps.find((step) => step.name === name)));
  const rows = names.map((name) => [
    codeSpan(name),
    ...(change.base === undefined ? [] : [outcome(base, name)]),
    outcome(head, name),
  ]);
  return [collapsed("Steps", table(["step", ...(change.base === undefined ? [] : ["base"]), "head"], rows))];
}

function chart(change: PipelineModelChange): readonly string[] {
  const report = change.head ?? change.run;
  const drawn = report && executionChart({ version: 1, verdict: "pass", reasons: [], ...report });
  return drawn === undefined ? [] : [codeBlock("mermaid", drawn)];
}

function differences({ differences: text }: PipelineModelChange): readonly string[] {
  if (text === undefined) return [];
  const shown = text.length <= longestDifference ? text : `${text.slice(0, longestDifference)}\n...`;
  return [collapsed("What changes in the definition", codeBlock("text", shown.trimEnd()))];
}

/** Formats the sentences about a pipeline as a list, or the problem that kept its model from being judged as text. */
function sentences(change: PipelineModelChange): string {
  const { head, notes } = change;
  const problem = head?.verdict === "error" ? [codeBlock("text", head.reasons.join("\n").slice(0, longestError))] : [];
  const reasons = head === undefined || head.verdict === "error" ? [] : head.reasons;
  const list = [...partsText(change), ...reasons, ...notes].map((line) => `- ${prose(line)}`).join("\n");
  return [list, ...problem].join("\n\n");
}

function pages(change: PipelineModelChange, reports: string): readonly string[] {
  if (change.head === undefined) return [];
  const path = (part: string) => codeSpan(`${change.folder}/${part}report.html`);
  const base = change.base === undefined ? "" : ` (head), ${path("base/")} (base)`;
  return [`Pictures: ${path("")}${base}, ${reports}.`];
}

/** Tells whether a pipeline has a section. The others are only named. */
export function isShown({ kind, notes }: PipelineModelChange): boolean {
  return kind === "changed" || kind === "new" || notes.length > 0;
}

/** Formats the section of one pipeline. @param reports where the folders of the reports are, in words */
export function pipelinePart(change: PipelineModelChange, reports: string): string {
  const title = `#### Pipeline ${codeSpan(change.folder)}: ${modelVerdicts[pipelineVerdict(change)].title}`;
  return [
    title,
    ...comparisonTable(change),
    sentences(change),
    ...thresholdTable(change),
    ...stepsText(change),
    ...chart(change),
    ...stepTable(change),
    ...differences(change),
    ...pages(change, reports),
  ].join("\n\n");
}
