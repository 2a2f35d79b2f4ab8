import type { Json, ParameterDefinition, PipelineDefinition } from "../../service-model/definition.ts";
import type { Pipeline } from "../pipeline/pipeline.ts";
import { renderDefinition } from "../render-definition.ts";
import { type Change, changesOf } from "./change.ts";
import { NextExecution, type NextOutcome } from "./next-execution.ts";
import { type StepDocument, stepDocuments } from "./step-documents.ts";

/** A parameter or a step that was added, removed or changed. */
export interface MemberDifference {
  readonly name: string;
  readonly type: string;
  readonly difference: "added" | "removed" | "changed";
  /** The changed values of a changed parameter or step. */
  readonly changes: readonly Change[];
  /** The old and the new place of a step that moved. */
  readonly moved?: { readonly from: string; readonly to: string };
}

/** The difference of two definitions, and its effect on the next execution. */
export interface DefinitionDifference {
  /** The changes outside of parameters and steps. */
  readonly pipeline: readonly Change[];
  readonly parameters: readonly MemberDifference[];
  readonly steps: readonly MemberDifference[];
  /** The expected outcome of each step in the next execution, in the order of the new definition. */
  readonly nextExecution: readonly NextOutcome[];
}

function compareMembers<Member>(
  before: ReadonlyMap<string, Member>,
  after: ReadonlyMap<string, Member>,
  describe: (member: Member) => { readonly type: string; readonly document: Json; readonly place?: string },
): readonly MemberDifference[] {
  const differences: MemberDifference[] = [];
  for (const [name, member] of after) {
    const now = describe(member);
    const other = before.get(name);
    if (other === undefined) {
      differences.push({ name, type: now.type, difference: "added", changes: [] });
      continue;
    }
    const old = describe(other);
    const changes = changesOf(old.document, now.document);
    const moved = old.place !== now.place;
    if (changes.length > 0 || moved)
      differences.push({
        ...{ name, type: now.type, difference: "changed", changes },
        ...(moved ? { moved: { from: old.place ?? "", to: now.place ?? "" } } : {}),
      });
  }
  for (const [name, member] of before)
    if (!after.has(name)) differences.push({ name, type: describe(member).type, difference: "removed", changes: [] });
  return differences;
}

function parametersOf({ Parameters }: PipelineDefinition): ReadonlyMap<string, ParameterDefinition> {
  return new Map(Parameters.map((parameter) => [parameter.Name, parameter]));
}

function describeParameter({ Name: _, ...rest }: ParameterDefinition) {
  return { type: rest.Type, document: { ...rest } as unknown as Json };
}

function describeStep({ placed, document, place }: StepDocument) {
  return { type: placed.step.type, document, place };
}

function restOf({ Parameters: _, Steps: __, ...rest }: PipelineDefinition): Json {
  return rest as unknown as Json;
}

/**
 * Compares two definitions. Parameters, steps, inputs, outputs and channels are matched by name, wherever they stand.
 * The result also says which steps the next execution with default parameter values runs again.
 *
 * @throws PipelineProblems if one of the pipelines has problems
 */
export function definitionDifference(before: Pipeline, after: Pipeline): DefinitionDifference {
  const [old, now] = [renderDefinition(before), renderDefinition(after)];
  const [oldSteps, steps] = [stepDocuments(before, old), stepDocuments(after, now)];
  const parameters = compareMembers(parametersOf(old), parametersOf(now), describeParameter);
  const changed = parameters.filter(({ changes }) => changes.some(({ path }) => path === "DefaultValue"));
  const nextExecution = new NextExecution(oldSteps, steps, new Set(changed.map(({ name }) => name)));
  return {
    pipeline: changesOf(restOf(old), restOf(now)),
    parameters,
    steps: compareMembers(oldSteps, steps, describeStep),
    nextExecution: [...steps.values()]
      .filter(({ placed }) => placed.step.kind === "job")
      .map(({ placed }) => nextExecution.of(placed.step.name)),
  };
}
