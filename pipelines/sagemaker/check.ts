import type { Pipeline } from "./pipeline-model.ts";
import { type Reference, stepReferences } from "./reference.ts";
import { allSteps, type Step } from "./steps/step.ts";

/** Something the service would refuse, or run differently from what was meant: where, and what to do. */
export interface Problem {
  readonly path: string;
  readonly message: string;
}

/** Every problem of a pipeline, together. */
export class PipelineProblems extends Error {
  override readonly name = "PipelineProblems";
  readonly problems: readonly Problem[];

  constructor(pipeline: Pipeline, problems: readonly Problem[]) {
    const lines = problems.map(({ path, message }) => `  ${path}: ${message}`);
    super(`pipeline ${pipeline.name} has ${problems.length} problem(s):\n${lines.join("\n")}`);
    this.problems = problems;
  }
}

function duplicates(what: string, names: readonly string[]): readonly Problem[] {
  const repeated = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  return [...repeated].map((name) => ({
    path: `${what} ${name}`,
    message: `the name is used ${names.filter((other) => other === name).length} times; give each ${what} its own`,
  }));
}

function checkReference(pipeline: Pipeline, steps: ReadonlyMap<string, Step>, { to, path }: Reference): string | null {
  if (to.kind === "parameter")
    return pipeline.parameters.includes(to)
      ? null
      : `uses the parameter ${to.name}, which the pipeline does not declare; add it to its parameters`;
  const target = steps.get(to.step);
  if (target === undefined) return `uses the step ${to.step}, which is not in the pipeline; add it to its steps`;
  if (path.split(/[.[]/)[0] === to.step) return "uses the step's own result; only earlier steps have one";
  return null;
}

/** Steps that wait for each other in a circle, found by taking away whatever waits for nothing. */
function cycle(steps: readonly Step[], waitsFor: ReadonlyMap<Step, ReadonlySet<string>>): readonly Problem[] {
  let left = [...steps];
  for (;;) {
    const names = new Set(left.map(({ name }) => name));
    const blocked = left.filter((step) => [...(waitsFor.get(step) ?? [])].some((name) => names.has(name)));
    if (blocked.length === 0) return [];
    if (blocked.length === left.length)
      return [
        { path: blocked.map(({ name }) => name).join(", "), message: "the steps wait for each other in a circle" },
      ];
    left = blocked;
  }
}

/**
 * What is wrong with a pipeline, before anything leaves the machine: duplicate names, parameters and steps that are
 * used but not part of it, and circles. An empty list means that nothing was found.
 */
export function checkPipeline(pipeline: Pipeline): readonly Problem[] {
  const steps = allSteps(pipeline.steps);
  const byName = new Map(steps.map((step) => [step.name, step]));
  const waitsFor = new Map(
    steps.map((step) => [
      step,
      new Set([
        ...stepReferences(step).flatMap(({ to }) => (to.kind === "parameter" ? [] : [to.step])),
        ...(step.options.dependsOn ?? []).map(({ name }) => name),
      ]),
    ]),
  );
  return [
    ...duplicates(
      "parameter",
      pipeline.parameters.map(({ name }) => name),
    ),
    ...duplicates(
      "step",
      steps.map(({ name }) => name),
    ),
    ...pipeline.parameters.flatMap(({ name, defaultValue, enumValues }) =>
      enumValues === undefined || defaultValue === undefined || enumValues.includes(String(defaultValue))
        ? []
        : [
            {
              path: `parameter ${name}`,
              message: `its default ${defaultValue} is not one of ${enumValues.join(", ")}`,
            },
          ],
    ),
    ...steps.flatMap(stepReferences).flatMap((reference) => {
      const message = checkReference(pipeline, byName, reference);
      return message === null ? [] : [{ path: reference.path, message }];
    }),
    ...cycle(steps, waitsFor),
  ];
}
