import type { Json, ParameterDefinition, PipelineDefinition } from "../../service-model/definition.ts";
import type { Pipeline } from "../pipeline/pipeline.ts";
import { renderDefinition } from "../render-definition.ts";
import { type Change, changesOf } from "./change.ts";
import { type NextRun, NextRuns } from "./next-run.ts";
import { type StepDocument, stepDocuments } from "./step-documents.ts";

/** A parameter or a step that is new, gone, or another one than before. */
export interface MemberDifference {
  readonly name: string;
  readonly type: string;
  readonly difference: "added" | "removed" | "changed";
  /** Value by value, of one that changed. */
  readonly changes: readonly Change[];
  /** Where a step that moved stood, and where it stands. */
  readonly moved?: { readonly from: string; readonly to: string };
}

/** What is different in a definition, and what that means for its next execution. */
export interface DefinitionDifference {
  /** Everything beside parameters and steps. */
  readonly pipeline: readonly Change[];
  readonly parameters: readonly MemberDifference[];
  readonly steps: readonly MemberDifference[];
  /** For each step of the new definition, in its order. */
  readonly nextRuns: readonly NextRun[];
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
 * The semantic difference of two definitions: of parameters and steps by name, wherever they stand, of inputs, outputs and
 * channels by name; and which steps the next execution with default parameter values runs again.
 *
 * @throws PipelineProblems if one of them has problems
 */
export function definitionDifference(before: Pipeline, after: Pipeline): DefinitionDifference {
  const [old, now] = [renderDefinition(before), renderDefinition(after)];
  const [oldSteps, steps] = [stepDocuments(before, old), stepDocuments(after, now)];
  const parameters = compareMembers(parametersOf(old), parametersOf(now), describeParameter);
  const changed = parameters.filter(({ changes }) => changes.some(({ path }) => path === "DefaultValue"));
  const nextRuns = new NextRuns(oldSteps, steps, new Set(changed.map(({ name }) => name)));
  return {
    pipeline: changesOf(restOf(old), restOf(now)),
    parameters,
    steps: compareMembers(oldSteps, steps, describeStep),
    nextRuns: [...steps.values()]
      .filter(({ placed }) => placed.step.kind === "job")
      .map(({ placed }) => nextRuns.of(placed.step.name)),
  };
}
