import type { PipelineDefinition, StepDefinition } from "../../service-model/definition.ts";

/** The lists of steps that a step contains: the branches of a condition, the body of a loop. */
function contained({ Type, Arguments }: StepDefinition): readonly StepDefinition[] {
  const lists =
    Type === "Condition"
      ? [Arguments["IfSteps"], Arguments["ElseSteps"]]
      : Type === "ForEach"
        ? [Arguments["ForEachBody"]]
        : [];
  return lists.flatMap((list) => (list ?? []) as unknown as readonly StepDefinition[]);
}

/** Every step of a definition, those inside of others too. */
export function definitionSteps({ Steps }: Pick<PipelineDefinition, "Steps">): readonly StepDefinition[] {
  return Steps.flatMap((step) => [step, ...definitionSteps({ Steps: contained(step) })]);
}
