import { definitionBody, type Pipeline } from "#language";
import { type DefinitionDifference, definitionDifference } from "../../language/difference/definition-difference.ts";
import { differenceText } from "../../language/difference/difference-text.ts";
import { mermaid, type StepMark } from "../../language/mermaid.ts";
import { renderPipeline } from "../../language/pipeline/render-pipeline.ts";
import { readDefinition } from "../../language/read/read-definition.ts";
import { definitionSteps } from "../../service-model/step-graph.ts";
import { codeBlock, codeSpan, collapsed, prose } from "../report/content/markdown-text.ts";
import type { PricedExecution } from "./cost-section.ts";
import { pricedJobs } from "./priced-jobs.ts";
import { pipelineType, type ResourceChange } from "./resource-change.ts";
import { type ShownDefinition, shownDefinition } from "./shown-definition.ts";

/** The type of a pipeline in Pulumi. */
function pipelineOf({ name }: ResourceChange, text: string): Pipeline {
  const pipeline = readDefinition(text, { name });
  // The definition is also checked, because its problems are shown instead of a graph.
  definitionBody(pipeline);
  return pipeline;
}

function newPipeline(change: ResourceChange, text: string): string {
  const pipeline = pipelineOf(change, text);
  return collapsed("The graph of its steps", codeBlock("mermaid", mermaid(pipeline)));
}

function lostPipeline(change: ResourceChange, text: string): string {
  const steps = definitionSteps(renderPipeline(pipelineOf(change, text))).map(({ Name }) => codeSpan(Name));
  return `This also deletes its definition, with the steps ${steps.join(", ")}.`;
}

/** Says which steps the next execution runs, and why. */
function nextText({ nextExecution }: DefinitionDifference): string {
  const running = nextExecution.filter(({ outcome }) => outcome === "runs");
  const cached = nextExecution.filter(({ outcome }) => outcome !== "runs").map(({ step }) => codeSpan(step));
  const lines = running.map(({ step, because, branch }) => {
    const when = branch === undefined ? "" : " if the condition chooses it";
    return `- ${codeSpan(step)} runs${when}: ${prose(because)}`;
  });
  if (cached.length > 0) lines.push(`- from the cache: ${cached.join(", ")}`);
  return ["In the next execution with default parameter values:", lines.join("\n")].join("\n\n");
}

/** Marks the changed steps, and those that run again or come from the cache. */
function marksOf({ steps, nextExecution }: DefinitionDifference): ReadonlyMap<string, StepMark> {
  const changed = new Map(steps.map(({ name, difference }) => [name, difference]));
  const next = new Map(
    nextExecution.map(({ step, outcome }) => [step, outcome === "runs" ? "runs" : "from the cache"]),
  );
  const marks = [...new Set([...changed.keys(), ...next.keys()])].map((name): [string, StepMark] => {
    const words = [changed.get(name), next.get(name)].filter((word) => word !== undefined).join(", ");
    return [name, { words, look: changed.has(name) ? "thick" : next.get(name) === "runs" ? "plain" : "dashed" }];
  });
  return new Map(marks);
}

function difference(change: ResourceChange, before: string, after: string): string {
  const [old, now] = [pipelineOf(change, before), pipelineOf(change, after)];
  const differences = definitionDifference(old, now);
  return [
    ...(differences.nextExecution.length === 0 ? [] : [nextText(differences)]),
    collapsed("What changes in the definition, step by step", codeBlock("text", differenceText(differences).trimEnd())),
    collapsed("The graph, with changed steps in thick lines", codeBlock("mermaid", mermaid(now, marksOf(differences)))),
  ].join("\n\n");
}

/** Returns the definitions of a change in the preview before and after it; undefined if there is none. */
function definitions(change: ResourceChange): readonly (ShownDefinition | undefined)[] {
  const isNew = change.kind === "create" || change.kind === "import";
  const isGone = change.kind === "delete" || change.kind === "forget";
  const [before, after] = [change.before, change.after].map((inputs) => inputs && shownDefinition(inputs));
  return [isNew ? undefined : before, isGone ? undefined : after];
}

/** Returns the jobs of the next execution of a new or changed pipeline; undefined if its definition cannot be read. */
export function pricedExecution(change: ResourceChange, region: string | undefined): PricedExecution | undefined {
  if (change.type !== pipelineType) return undefined;
  const [before, after] = definitions(change);
  if (after?.text === undefined || after.text === before?.text) return undefined;
  try {
    const now = pipelineOf(change, after.text);
    const next =
      before?.text === undefined
        ? []
        : definitionDifference(pipelineOf(change, before.text), now).nextExecution.filter(
            ({ outcome }) => outcome !== "runs",
          );
    const cached = new Set(next.map(({ step }) => step));
    return { pipeline: change.name, region, jobs: [...pricedJobs(renderPipeline(now), (step) => !cached.has(step))] };
  } catch {
    // The section about the definition has the error.
    return undefined;
  }
}

function content(change: ResourceChange, before: ShownDefinition | undefined, after: ShownDefinition | undefined) {
  const missing = after?.missing ?? before?.missing;
  if (missing !== undefined) return `The definition ${missing}.`;
  if (before?.text === after?.text) return undefined;
  try {
    if (before?.text === undefined) return newPipeline(change, after?.text ?? "");
    if (after === undefined) return lostPipeline(change, before.text);
    return difference(change, before.text, after.text ?? "");
  } catch (error) {
    return `The definition cannot be shown:\n\n${codeBlock("text", (error as Error).message)}`;
  }
}

/**
 * Describes the change of a pipeline as Markdown: the graph of a new pipeline, the steps of a deleted one, and for a changed
 * one the differences step by step and the steps that run again. Returns undefined for other resources and for a pipeline
 * whose definition stays the same.
 */
export function pipelineSection(change: ResourceChange): string | undefined {
  if (change.type !== pipelineType) return undefined;
  const [before, after] = definitions(change);
  const shown = content(change, before, after);
  return shown === undefined ? undefined : `#### Pipeline ${codeSpan(change.name)}\n\n${shown}`;
}
