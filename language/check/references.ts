import { execution } from "../expressions/execution-variable.ts";
import {
  type Expression,
  type IterationOutput,
  isExpression,
  type Parameter,
  type Property,
  type PropertyFile,
} from "../expressions/expression.ts";
import type { PipelineIndex, PlacedStep } from "../pipeline/pipeline-index.ts";
import { objectKey, type Use, usesIn } from "../pipeline/uses.ts";
import { type Problem, shown } from "./problem.ts";
import { stepProperty } from "./step-property.ts";

const executionVariables: ReadonlySet<string> = new Set(Object.values(execution).map(({ name }) => name));

/** Returns why a step cannot use another step in a branch or a body, or undefined if it can. */
function outOfReach(from: PlacedStep, to: PlacedStep): string | undefined {
  const inner = to.containers.find(({ step, part }, depth) => {
    const own = from.containers[depth];
    return own?.step !== step || own.part !== part;
  });
  if (inner === undefined) return undefined;
  const name = to.step.name;
  if (inner.part === "body")
    return `which runs once for each item of the step ${inner.step.name}; use the results of one iteration of that step`;
  if (from.containers.some(({ step }) => step === inner.step))
    return `which is in the other branch of the condition step ${inner.step.name}; only one of the branches runs; move one of the steps`;
  const branch = inner.part === "if" ? "holds" : "does not hold";
  return `which runs only if the condition step ${inner.step.name} ${branch}; move this step into that branch beside ${name}`;
}

/** Checks single expressions of a pipeline. */
class ReferenceCheck {
  private readonly index: PipelineIndex;
  private readonly parameters: ReadonlyMap<string, Parameter>;

  constructor(index: PipelineIndex) {
    this.index = index;
    this.parameters = new Map(index.pipeline.parameters.map((parameter) => [parameter.name, parameter]));
  }

  /** Returns the problem with an expression of `from`. For the pipeline's own settings, `from` is undefined. */
  message(expression: Expression, from: PlacedStep | undefined): string | undefined {
    switch (expression.kind) {
      case "parameter":
        return this.parameter(expression);
      case "execution-variable": {
        const { name } = expression;
        if (executionVariables.has(name)) return undefined;
        return `uses the execution variable ${shown(name)}, which does not exist; use one of ${[...executionVariables].join(", ")}`;
      }
      case "property":
        return this.property(expression, from);
      case "property-file":
        return this.propertyFile(expression, from);
      case "current-item":
        if (from?.containers.some(({ part }) => part === "body")) return undefined;
        return "uses the current item, which exists only in the body of a ForEach step; move the step there";
      case "iteration-output":
        return this.iterationOutput(expression, from);
      case "unknown":
        return `reads ${shown(expression.reference)}; a Get begins with Parameters., Execution., Steps. or ForEach.CurrentItem`;
      case "join":
      case "json-get":
        return undefined;
    }
  }

  private parameter({ name, type }: Parameter): string | undefined {
    const declared = this.parameters.get(name);
    if (declared === undefined)
      return `uses the parameter ${name}, which the pipeline does not declare; add it to its parameters`;
    if (declared.type !== type)
      return `uses ${name} as a parameter of type ${type}, which the pipeline declares as ${declared.type}; declare it once`;
    return undefined;
  }

  /** Returns the problem with a reference to a step, whatever it uses of the step. */
  private step(name: string, from: PlacedStep | undefined, verb: string): string | undefined {
    if (from === undefined) return `${verb} the step ${name}, but the pipeline's own settings cannot wait for a step`;
    const to = this.index.byName.get(name);
    if (to === undefined) return `${verb} the step ${name}, which is not in the pipeline; add it to its steps`;
    if (to.step.name === from.step.name) return `${verb} the step's own result; only earlier steps have one`;
    const why = outOfReach(from, to);
    return why && `${verb} the step ${name}, ${why}`;
  }

  private property({ step: name, path }: Property, from: PlacedStep | undefined): string | undefined {
    const problem = this.step(name, from, "uses");
    const to = this.index.byName.get(name)?.step;
    if (problem !== undefined || to === undefined) return problem;
    if (path === "") return `uses the step ${name} as a whole; name one of its properties`;
    const end = stepProperty(to, path);
    return end && "problem" in end ? `refers to the step ${name} and ${end.problem}` : undefined;
  }

  private propertyFile({ step: name, name: file }: PropertyFile, from: PlacedStep | undefined): string | undefined {
    const problem = this.step(name, from, "uses");
    const to = this.index.byName.get(name)?.step;
    if (problem !== undefined || to === undefined) return problem;
    const files = (to.kind === "job" ? (to.files ?? []) : []).map((each) => each.name);
    if (files.includes(file)) return undefined;
    return `uses the property file ${file}, which the step ${name} does not declare; it has ${files.join(", ") || "none"}`;
  }

  private iterationOutput({ step, path }: IterationOutput, from: PlacedStep | undefined): string | undefined {
    if (from?.step.kind === "for-each") {
      const body = from.step.steps.find(({ name }) => name === step);
      const end = body && path !== "" ? stepProperty(body, path) : undefined;
      return end && "problem" in end ? `refers to the step ${step} and ${end.problem}` : undefined;
    }
    return `compares iterations by the step ${step}, but only the selector of a ForEach step can`;
  }

  dependency(name: string, from: PlacedStep): string | undefined {
    return this.step(name, from, "depends on");
  }
}

function expressionProblems(
  check: ReferenceCheck,
  uses: readonly Use[],
  from: PlacedStep | undefined,
): readonly Problem[] {
  return uses.flatMap(({ value, path, inJsonGet }) => {
    if (typeof value === "number")
      return [{ path, message: `is ${value}, which JSON cannot represent; give a finite number` }];
    if (value === objectKey) return [{ path, message: "is a key that was an object; keys are plain strings" }];
    if (isExpression(value) && value.kind === "property-file" && !inJsonGet)
      return [{ path, message: "is a whole property file; read a value of it with jsonGet" }];
    if (isExpression(value) && value.kind === "json-get" && (typeof value.path !== "string" || value.path === ""))
      return [
        {
          path: `${path}.Std:JsonGet.Path`,
          message:
            value.path === ""
              ? "is empty; write the path of a value"
              : "is an expression or an object; write the path as a plain string",
        },
      ];
    const message = isExpression(value) ? check.message(value, from) : undefined;
    return message === undefined ? [] : [{ path, message }];
  });
}

/** Returns the problems with references to parameters, steps and their results, and with non-finite numbers. */
export function referenceProblems(index: PipelineIndex): readonly Problem[] {
  const check = new ReferenceCheck(index);
  const { experiment, mlflow } = index.pipeline;
  const ownUses = [
    ...(experiment
      ? usesIn(
          { ExperimentName: experiment.experimentName, TrialName: experiment.trialName },
          "PipelineExperimentConfig",
        )
      : []),
    ...(mlflow
      ? usesIn({ MlflowResourceArn: mlflow.resourceArn, MlflowExperimentName: mlflow.experimentName }, "MlflowConfig")
      : []),
  ];
  const problems: Problem[] = [...expressionProblems(check, ownUses, undefined)];
  for (const placed of index.steps) {
    for (const [position, { step }] of (placed.step.dependsOn ?? []).entries()) {
      const message = check.dependency(step, placed);
      const path = `Steps.${placed.step.name}.DependsOn[${position}]`;
      if (message !== undefined) problems.push({ path, message });
    }
    problems.push(...expressionProblems(check, placed.uses, placed));
  }
  return problems;
}
