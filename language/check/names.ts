import { limits, type Quotas } from "../../service-model/limits.ts";
import type { PipelineIndex } from "../pipeline/pipeline-index.ts";
import { type Problem, shown } from "./problem.ts";

/** Names that are there more than once, and how often. */
function repeated(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return new Map([...counts].filter(([, count]) => count > 1));
}

/** A problem for each name that is there more than once: `what` they are names of, and where. */
export function duplicateProblems(what: string, path: string, names: readonly string[]): readonly Problem[] {
  return [...repeated(names)].map(([name, count]) => ({
    path: `${path}.${name}`,
    message: `the name is used ${count} times; give each ${what} its own`,
  }));
}

/** How a quota is raised. */
export function raise(quota: keyof Quotas): string {
  return `where AWS has raised the account's quota, tell the pipeline: quotas: { ${quota}: ... }`;
}

const memberName = /^[A-Za-z0-9_-]+$/;
const pipelineName = /^[a-zA-Z0-9](-*[a-zA-Z0-9])*$/;

/** The rule for names of steps, parameters and property files. */
export function memberNameProblems(path: string, name: string, longest: number): readonly Problem[] {
  if (!memberName.test(name))
    return [{ path, message: `the name ${shown(name)} has other characters than letters, digits, - and _; rename it` }];
  if (name.length > longest)
    return [{ path, message: `the name has ${name.length} characters; SageMaker takes ${longest}: shorten it` }];
  return [];
}

function pipelineNameProblems(path: string, name: string | undefined): readonly Problem[] {
  if (name === undefined) return [];
  if (!pipelineName.test(name))
    return [
      {
        path,
        message: `is ${shown(name)}; it takes letters, digits and single words joined by -, and begins and ends with no -`,
      },
    ];
  if (name.length > limits.nameCharacters)
    return [{ path, message: `has ${name.length} characters; SageMaker takes ${limits.nameCharacters}: shorten it` }];
  return [];
}

function descriptionProblems(path: string, description: string | undefined): readonly Problem[] {
  const length = description?.length ?? 0;
  if (length <= limits.descriptionCharacters) return [];
  return [{ path, message: `has ${length} characters; SageMaker takes ${limits.descriptionCharacters}: shorten it` }];
}

/** Names of the pipeline, its steps and its parameters: form, length, number, and each once. */
export function nameProblems({ pipeline, steps }: PipelineIndex, quotas: Quotas): readonly Problem[] {
  const { name, displayName, description, maxParallelExecutionSteps: parallel } = pipeline;
  const names = steps.map(({ step }) => step.name);
  return [
    ...pipelineNameProblems("the pipeline's name", name),
    ...pipelineNameProblems("the pipeline's display name", displayName),
    ...descriptionProblems("the pipeline's description", description),
    ...(parallel === undefined || (Number.isInteger(parallel) && parallel >= 1)
      ? []
      : [
          {
            path: "the pipeline's maxParallelExecutionSteps",
            message: `is ${shown(parallel)}; give a whole number from 1 on, or leave it out`,
          },
        ]),
    ...(names.length <= quotas.steps
      ? []
      : [
          {
            path: "Steps",
            message: `are ${names.length}; SageMaker takes ${quotas.steps}: divide the pipeline, or ${raise("steps")}`,
          },
        ]),
    ...steps.flatMap(({ step }) => memberNameProblems(`Steps.${step.name}`, step.name, quotas.stepNameCharacters)),
    ...steps.flatMap(({ step }) =>
      step.description === undefined ? [] : descriptionProblems(`Steps.${step.name}.Description`, step.description),
    ),
    ...duplicateProblems("step", "Steps", names),
  ];
}
