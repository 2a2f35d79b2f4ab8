import { gateProblem } from "./gate-problem.ts";
import type { TrainingPipeline } from "./training-pipeline.ts";

/** What `getPipeline` returns, as far as others read it: where it is, and the type that it has there. */
const members: readonly (readonly [string, "array" | "number" | "string"])[] = [
  ["pipeline.name", "string"],
  ["pipeline.parameters", "array"],
  ["pipeline.steps", "array"],
  ["gate.metric", "string"],
  ["gate.direction", "string"],
  ["gate.evaluation.step", "string"],
  ["gate.evaluation.output", "string"],
  ["gate.evaluation.path", "string"],
  ["gate.value.path", "string"],
  ["gate.loss", "string"],
  ["gate.minimumRows", "number"],
  ["gate.registerStep.name", "string"],
  ["gate.ceilingStep.name", "string"],
  ["gate.ceiling", "number"],
  ["gate.ceilingParameter.name", "string"],
  ["gate.baselineParameter.name", "string"],
  ["gate.bestParameter.name", "string"],
  ["gate.tolerance.relative", "number"],
  ["gate.tolerance.absolute", "number"],
];

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return "array";
  return value === null ? "null" : typeof value;
}

/** What is there in place of something with members; undefined where something is. */
function inPlaceOfMembers(value: unknown): string | undefined {
  const type = typeOf(value);
  return type === "object" || type === "function" ? undefined : type;
}

function memberProblem(value: unknown, path: string, wanted: string): string | undefined {
  const names = path.split(".");
  let found = value;
  for (const [index, name] of names.entries()) {
    const instead = inPlaceOfMembers(found);
    if (instead !== undefined) return `${names.slice(0, index).join(".") || "what it returns"} is ${instead}`;
    found = (found as { readonly [member: string]: unknown })[name];
  }
  const type = Number.isNaN(found) ? "NaN" : typeOf(found);
  return type === wanted ? undefined : `${path} is ${type}, not ${wanted === "array" ? "a list" : `a ${wanted}`}`;
}

/**
 * What is wrong with what a `getPipeline` returned, the first thing alone; undefined for a training
 * pipeline. Types say it sooner, but a deploy runs a program whose types nobody has looked at.
 */
export function trainingPipelineProblem(value: unknown): string | undefined {
  if (typeof (value as { then?: unknown } | undefined | null)?.then === "function")
    return "getPipeline is async, and a definition waits for nothing: leave out async, and read files with readFileSync";
  const problems = members.flatMap(([path, wanted]) => memberProblem(value, path, wanted) ?? []);
  const [problem] = problems;
  if (problem !== undefined) return `getPipeline has to return { pipeline, gate }, and ${problem}`;
  return gateProblem((value as TrainingPipeline).gate);
}
