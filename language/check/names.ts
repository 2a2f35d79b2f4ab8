import { limits, type Quotas } from "../../service-model/limits.ts";
import type { PipelineIndex } from "../pipeline/pipeline-index.ts";
import { type Problem, shown } from "./problem.ts";

/** Returns the names that occur more than once, with their counts. */
function repeated(names: readonly string[]): ReadonlyMap<string, number> {
  if (new Set(names).size === names.length) return new Map();
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return new Map([...counts].filter(([, count]) => count > 1));
}

/** Returns a problem for each name that occurs more than once. `what` is the kind of thing that it names. */
export function duplicateProblems(what: string, path: string, names: readonly string[]): readonly Problem[] {
  return [...repeated(names)].map(([name, count]) => ({
    path: `${path}.${name}`,
    message: `the name is used ${count} times; give each ${what} its own`,
  }));
}

/** Returns the part of an error that says how to raise a quota. */
export function raise(quota: keyof Quotas): string {
  return `if AWS has raised the account's quota, add quotas: { ${quota}: ... } to the pipeline`;
}

const memberName = /^[A-Za-z0-9_-]+$/;
const pipelineName = /^[a-zA-Z0-9](-*[a-zA-Z0-9])*$/;

/** Returns the problems with the name of a step, a parameter or a property file. */
export function memberNameProblems(path: string, name: string, longest: number): readonly Problem[] {
  if (!memberName.test(name))
    return [{ path, message: `the name ${shown(name)} has characters other than letters, digits, - and _; rename it` }];
  if (name.length > longest)
    return [{ path, message: `the name has ${name.length} characters; SageMaker accepts ${longest}; shorten it` }];
  return [];
}

function pipelineNameProblems(path: string, name: string | undefined): readonly Problem[] {
  if (name === undefined) return [];
  if (!pipelineName.test(name))
    return [
      {
        path,
        message: `is ${shown(name)}; use letters, digits and -, and begin and end with a letter or digit`,
      },
    ];
  if (name.length > limits.nameCharacters)
    return [{ path, message: `has ${name.length} characters; SageMaker accepts ${limits.nameCharacters}; shorten it` }];
  return [];
}

function descriptionProblems(path: string, description: string | undefined): readonly Problem[] {
  const length = description?.length ?? 0;
  if (length <= limits.descriptionCharacters) return [];
  return [{ path, message: `has ${length} characters; SageMaker accepts ${limits.descriptionCharacters}; shorten it` }];
}

/** Returns the problems with the names of the pipeline and its steps: form, length, number and duplicates. */
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
            message: `is ${shown(parallel)}; give a whole number of at least 1, or leave it out`,
          },
        ]),
    ...(names.length <= quotas.steps
      ? []
      : [
          {
            path: "Steps",
            message: `are ${names.length}; SageMaker accepts ${quotas.steps}; divide the pipeline, or ${raise("steps")}`,
          },
        ]),
    ...names
      .filter((each) => each.length > quotas.stepNameCharacters || !memberName.test(each))
      .flatMap((each) => memberNameProblems(`Steps.${each}`, each, quotas.stepNameCharacters)),
    ...steps
      .filter(({ step }) => step.description !== undefined)
      .flatMap(({ step }) => descriptionProblems(`Steps.${step.name}.Description`, step.description)),
    ...duplicateProblems("step", "Steps", names),
  ];
}
