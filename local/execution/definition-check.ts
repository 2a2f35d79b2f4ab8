import type { Json, PipelineDefinition, StepDefinition } from "../../pipelines/sagemaker/definition.ts";
import { limits } from "../../pipelines/sagemaker/service/limits.ts";
import { cycle, graphOf, predecessors } from "./graph.ts";
import { isList, isRecord } from "./property-path.ts";

/**
 * Reads a pipeline definition as SageMaker takes it.
 *
 * @throws Error that says what is wrong: no JSON, too long, no steps' list, names used twice, unknown steps, cycles.
 */
export function parseDefinition(text: string): PipelineDefinition {
  const longest = limits.definitionCharacters;
  if (text.length > longest) throw new Error(`Pipeline definition has ${text.length} characters, at most ${longest}`);
  const document = json(text);
  if (!isRecord(document)) throw new Error("Pipeline definition must be a JSON object");
  if (document["Version"] !== "2020-12-01") {
    throw new Error(`Pipeline definition: Version must be '2020-12-01', got ${JSON.stringify(document["Version"])}`);
  }
  checkSteps(document["Steps"], "Steps");
  const parameters = document["Parameters"] ?? [];
  if (!isList(parameters)) throw new Error("Pipeline definition: Parameters must be a list");
  // checkSteps has seen to the shape of every step, and the service refuses the rest when it runs.
  const definition = { Metadata: {}, ...document, Parameters: parameters } as unknown as PipelineDefinition;
  checkGraph(definition);
  return definition;
}

function json(text: string): Json {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`Pipeline definition is not valid JSON: ${error instanceof Error ? error.message : error}`);
  }
}

function checkSteps(steps: Json | undefined, where: string): void {
  if (steps === undefined || !isList(steps)) throw new Error(`Pipeline definition: ${where} must be a list`);
  for (const [index, step] of steps.entries()) {
    const place = `${where}[${index}]`;
    if (!isRecord(step) || typeof step["Name"] !== "string" || typeof step["Type"] !== "string") {
      throw new Error(`Pipeline definition: ${place} must have a Name and a Type`);
    }
    checkDependencies(step);
    if (step["Arguments"] !== undefined && !isRecord(step["Arguments"])) {
      throw new Error(`Pipeline definition: Arguments of step ${step["Name"]} must be an object`);
    }
    if (step["Type"] !== "Condition") continue;
    const branches = isRecord(step["Arguments"]) ? step["Arguments"] : {};
    checkSteps(branches["IfSteps"] ?? [], `${place}.Arguments.IfSteps`);
    checkSteps(branches["ElseSteps"] ?? [], `${place}.Arguments.ElseSteps`);
  }
}

/** A step that waits for a failure would run after a success here: better not at all. */
function checkDependencies(step: { readonly [key: string]: Json }): void {
  const dependencies = step["DependsOn"] ?? [];
  const triggers = (isList(dependencies) ? dependencies : []).map((each) =>
    isRecord(each) ? each["Trigger"] : undefined,
  );
  const other = triggers.find((trigger) => trigger !== undefined && trigger !== "Completed");
  if (other !== undefined)
    throw new Error(
      `Pipeline definition: step ${step["Name"]} depends on an outcome (${JSON.stringify(other)}) other than "Completed", ` +
        "which the local endpoint does not run",
    );
}

function checkGraph(definition: PipelineDefinition): void {
  const graph = graphOf(definition);
  const names = graph.map((node) => node.step.Name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`Pipeline definition: two steps have the name ${twice}`);
  for (const node of graph) {
    const unknown = predecessors(node).find((name) => !names.includes(name));
    if (unknown !== undefined) throw unknownStep(node.step, unknown);
  }
  const circle = cycle(graph);
  if (circle.length > 0) throw new Error(`Pipeline definition: steps wait for each other: ${circle.join(", ")}`);
}

function unknownStep(step: StepDefinition, unknown: string): Error {
  return new Error(`Pipeline definition: step ${step.Name} refers to step ${unknown}, which does not exist`);
}
