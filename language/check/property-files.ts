import type { Quotas } from "../../service-model/limits.ts";
import { stepTypeFacts } from "../../service-model/step-types.ts";
import { isExpression, type PropertyFile } from "../expressions/expression.ts";
import type { PipelineIndex } from "../pipeline/pipeline-index.ts";
import { declaredOutputs } from "./declared-names.ts";
import { duplicateProblems, memberNameProblems, raise } from "./names.ts";
import { type Problem, shown } from "./problem.ts";

/** Returns the problems with property files: missing outputs, duplicate names, and more than the quotas. */
export function propertyFileProblems({ steps }: PipelineIndex, quotas: Quotas): readonly Problem[] {
  let files = 0;
  let jsonGets = 0;
  const problems: Problem[] = [];
  for (const { step, uses } of steps) {
    for (const { value } of uses) if (isExpression(value) && value.kind === "json-get") jsonGets += 1;
    const declared: readonly PropertyFile[] = (step.kind === "job" ? step.files : undefined) ?? [];
    if (declared.length === 0) continue;
    files += declared.length;
    const path = `Steps.${step.name}.PropertyFiles`;
    const outputs = declaredOutputs(step);
    problems.push(
      ...duplicateProblems(
        "property file",
        path,
        declared.map(({ name }) => name),
      ),
    );
    if (!stepTypeFacts(step.type)?.propertyFiles)
      problems.push({ path, message: `are given for a ${step.type} step; only Processing steps may have them` });
    for (const { name, output } of declared) {
      problems.push(...memberNameProblems(`${path}.${name}`, name, quotas.stepNameCharacters));
      if (outputs !== undefined && !outputs.includes(output))
        problems.push({
          path: `${path}.${name}.OutputName`,
          message: `is ${shown(output)}, which is not an output of the step; it has ${outputs.map(shown).join(", ") || "none"}`,
        });
    }
  }
  if (files > quotas.propertyFiles)
    problems.push({
      path: "PropertyFiles",
      message: `are ${files}; SageMaker accepts ${quotas.propertyFiles} in a pipeline; ${raise("propertyFiles")}`,
    });
  if (jsonGets > quotas.jsonGets)
    problems.push({
      path: "Std:JsonGet",
      message: `is used ${jsonGets} times; SageMaker accepts ${quotas.jsonGets} in a pipeline; ${raise("jsonGets")}`,
    });
  return problems;
}
