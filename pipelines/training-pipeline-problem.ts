import { gateProblem } from "./gate-problem.ts";
import { registrationProblem } from "./registration-problem.ts";
import type { DeclaredPipeline } from "./training-pipeline.ts";

type Members = readonly (readonly [path: string, type: "array" | "number" | "string"])[];

/** The members of a pipeline that other modules read. */
const pipelineMembers: Members = [
  ["pipeline.name", "string"],
  ["pipeline.parameters", "array"],
  ["pipeline.steps", "array"],
];

/** The members of a gate that other modules read. */
const gateMembers: Members = [
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

/** Returns the type of a value that has no members, or undefined for an object or a function. */
function typeWithoutMembers(value: unknown): string | undefined {
  const type = typeOf(value);
  return type === "object" || type === "function" ? undefined : type;
}

function memberProblem(value: unknown, path: string, wanted: string): string | undefined {
  const names = path.split(".");
  let member = value;
  for (const [index, name] of names.entries()) {
    const instead = typeWithoutMembers(member);
    if (instead !== undefined) return `${names.slice(0, index).join(".") || "its result"} is ${instead}`;
    member = (member as { readonly [key: string]: unknown })[name];
  }
  const type = Number.isNaN(member) ? "NaN" : typeOf(member);
  return type === wanted ? undefined : `${path} is ${type}, not ${wanted === "array" ? "a list" : `a ${wanted}`}`;
}

/**
 * Returns the first problem of a value that a `getPipeline` returned, or undefined if it is a pipeline with or without a gate. The
 * compiler finds these problems, too, but a deploy runs the program without compiling it.
 */
export function trainingPipelineProblem(value: unknown): string | undefined {
  if (typeof (value as { then?: unknown } | undefined | null)?.then === "function")
    return "getPipeline is async, but must return the pipeline itself; leave out async, and read files with readFileSync";
  const { gate } = (value ?? {}) as Partial<DeclaredPipeline>;
  const members = gate === undefined ? pipelineMembers : [...pipelineMembers, ...gateMembers];
  const [problem] = members.flatMap(([path, wanted]) => memberProblem(value, path, wanted) ?? []);
  if (problem !== undefined)
    return `getPipeline must return { pipeline, gate }, or { pipeline } without a model to judge, but ${problem}`;
  return gate === undefined ? undefined : (gateProblem(gate) ?? registrationProblem(gate));
}
