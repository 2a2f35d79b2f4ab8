import { stepShapesOf } from "../../service-model/step-shapes.ts";
import { stepTypeFacts } from "../../service-model/step-types.ts";
import type { ForEachStepData, Step } from "../steps/step.ts";
import { at, undeclaredName } from "./declared-names.ts";
import { type PropertyShape, propertyShape } from "./property-shape.ts";

/** Follows a path of a step's properties; those of a ForEach step lead into its body. Undefined for an unknown step type. */
export function stepProperty(step: Step, path: string): PropertyShape | undefined {
  if (step.kind === "for-each") {
    const result = bodyResult(step, path);
    if (typeof result === "string") return { problem: result };
    if (result !== undefined) return ofBody(result);
  }
  const undeclared = undeclaredName(step, path);
  if (undeclared !== undefined) return { problem: undeclared };
  const { properties } = stepShapesOf(step.type);
  if (properties !== undefined) return answerShape(step, path) ?? propertyShape(properties, path);
  return stepTypeFacts(step.type) && { problem: `its property ${path}, but ${step.type} steps have no properties` };
}

/** Returns the type that a Lambda or Callback step declares for a value of its answer. */
function answerShape({ type, ...step }: Step, path: string): PropertyShape | undefined {
  const name = type === "Lambda" || type === "Callback" ? /^OutputParameters\['([^']*)'\]$/.exec(path)?.[1] : undefined;
  const declared = name === undefined ? undefined : at(step.members, "OutputParameters");
  if (!Array.isArray(declared)) return undefined;
  const output = declared.find((item) => at(item, "OutputName") === name);
  return { shape: `Answer.${at(output, "OutputType")}` };
}

/** A property of a step in the body of a ForEach step. */
interface BodyResult {
  readonly step: Step;
  readonly path: string;
}

function ofBody({ step, path }: BodyResult): PropertyShape | undefined {
  const end = stepProperty(step, path);
  return end && "problem" in end ? { problem: `its body step ${step.name}, and there to ${end.problem}` } : end;
}

/** Returns the property of a body step at a path, the mistake in the path, or undefined if the path is not about a body step. */
function bodyResult({ steps, selector, items }: ForEachStepData, path: string): BodyResult | string | undefined {
  const [, position, name, rest = ""] = /^IterationOutputs\[(\d+)\]\.([^.[]+)\.?(.*)$/s.exec(path) ?? [];
  if (name !== undefined) {
    const step = steps.find((each) => each.name === name);
    if (step === undefined)
      return `the body step ${name}, which it does not have; it has ${steps.map((each) => each.name).join(", ")}`;
    if (Array.isArray(items) && Number(position) >= items.length)
      return `the iteration at position ${position}, but it has ${items.length} items; positions begin with 0`;
    return { step, path: rest };
  }
  if (path.startsWith("IterationOutputs"))
    return "its iterations without a position and a step of its body; write IterationOutputs[0] and the step's name";
  if (!/^Selected(\.|$)/.test(path)) return undefined;
  if (selector === undefined) return "the selected iteration, but it has no selector; give it one";
  const step = steps.find((each) => each.name === selector.field.step);
  return step && { step, path: path.slice("Selected.".length) };
}
