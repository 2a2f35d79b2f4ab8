import type { Json, PipelineDefinition } from "../service-model/definition.ts";
import { definitionSteps } from "../service-model/step-graph.ts";
import { valuePatterns } from "./permissions/value-patterns.ts";

const pending = "PendingManualApproval";

/** Describes the approval statuses that an execution can register a model with; undefined if that is always pending. */
function otherStatus(value: Json | undefined, { Parameters }: PipelineDefinition): string | undefined {
  const [, name] = /^Parameters\.(.+)$/.exec(String((value as { Get?: Json } | undefined)?.Get ?? "")) ?? [];
  const enumValues = Parameters.find(({ Name }) => Name === name)?.EnumValues;
  if (name !== undefined && enumValues === undefined)
    return `the parameter ${name}, which an execution may set to anything`;
  const possible = valuePatterns(value, Parameters);
  if (possible.length === 0) return "no value";
  return possible.every((status) => status === pending) ? undefined : possible.join(" or ");
}

/** Returns one line for each step that could register a model with another status than pending, which the role denies. */
export function approvalProblems(definition: PipelineDefinition): readonly string[] {
  return definitionSteps(definition).flatMap(({ Type, Name, Arguments }) => {
    const other = Type === "RegisterModel" ? otherStatus(Arguments["ModelApprovalStatus"], definition) : undefined;
    return other === undefined
      ? []
      : `step ${Name}, ModelApprovalStatus: got ${other}, but a pipeline may not approve its own model; give ${pending}, or a parameter whose default and only enum value is ${pending}`;
  });
}
