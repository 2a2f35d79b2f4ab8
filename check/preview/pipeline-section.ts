import { definitionBody, type Pipeline } from "#language";
import { definitionDifference } from "../../language/difference/definition-difference.ts";
import { differenceText } from "../../language/difference/difference-text.ts";
import { mermaid } from "../../language/mermaid.ts";
import { renderPipeline } from "../../language/pipeline/render-pipeline.ts";
import { readDefinition } from "../../language/read/read-definition.ts";
import { definitionSteps } from "../../service-model/step-graph.ts";
import { codeBlock, codeSpan, collapsed } from "../report/content/markdown-text.ts";
import type { ResourceChange } from "./resource-change.ts";
import { type ShownDefinition, shownDefinition } from "./shown-definition.ts";

/** The type of a pipeline in Pulumi. */
const pipelineType = "aws-native:sagemaker:Pipeline";

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

function difference(change: ResourceChange, before: string, after: string): string {
  const [old, now] = [pipelineOf(change, before), pipelineOf(change, after)];
  return codeBlock("text", differenceText(definitionDifference(old, now)).trimEnd());
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
  const [before, after] = [change.before, change.after].map((inputs) => inputs && shownDefinition(inputs));
  const isNew = change.kind === "create" || change.kind === "import";
  const isGone = change.kind === "delete" || change.kind === "forget";
  const shown = content(change, isNew ? undefined : before, isGone ? undefined : after);
  return shown === undefined ? undefined : `#### Pipeline ${codeSpan(change.name)}\n\n${shown}`;
}
