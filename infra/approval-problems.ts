import type { Json, PipelineDefinition } from "../service-model/definition.ts";
import { definitionSteps } from "../service-model/step-graph.ts";
import { valuePatterns } from "./permissions/value-patterns.ts";

const pending = "PendingManualApproval";

/** What an execution can register a model as, in words; undefined if it is pending and nothing else. */
function otherStatus(value: Json | undefined, { Parameters }: PipelineDefinition): string | undefined {
  const [, name] = /^Parameters\.(.+)$/.exec(String((value as { Get?: Json } | undefined)?.Get ?? "")) ?? [];
  const enumValues = Parameters.find(({ Name }) => Name === name)?.EnumValues;
  if (name !== undefined && enumValues === undefined)
    return `the parameter ${name}, which an execution may set to anything`;
  const possible = valuePatterns(value, Parameters);
  if (possible.length === 0) return "no value";
  return possible.every((status) => status === pending) ? undefined : possible.join(" or ");
}

/** One line for each step that could register a model as anything but pending, which the role refuses. */
export function approvalProblems(definition: PipelineDefinition): readonly string[] {
  return definitionSteps(definition).flatMap(({ Type, Name, Arguments }) => {
    const other = Type === "RegisterModel" ? otherStatus(Arguments["ModelApprovalStatus"], definition) : undefined;
    return other === undefined
      ? []
      : `step ${Name}, ModelApprovalStatus: got ${other}; no pipeline may approve its own model: give ${pending}, or a parameter with that as its default and as its only enum value`;
  });
}
