import { checkPipeline, PipelineProblems } from "./check.ts";
import type { Json, ParameterDefinition, PipelineDefinition, StepDefinition } from "./definition.ts";
import type { ExecutionVariable } from "./execution-variable.ts";
import { type Expression, isExpression } from "./expression.ts";
import type { Join } from "./join.ts";
import type { JsonGet, PropertyFile } from "./json-get.ts";
import type { Parameter } from "./parameter.ts";
import type { Pipeline } from "./pipeline-model.ts";
import type { Property } from "./property.ts";
import type { ConditionStep, JobStep, Step } from "./steps/step.ts";

function get(path: string): Json {
  return { Get: path };
}

function renderExpression(expression: Expression): Json {
  switch (expression.kind) {
    case "parameter":
      return get(`Parameters.${(expression as Parameter).name}`);
    case "execution-variable":
      return get(`Execution.${(expression as ExecutionVariable).name}`);
    case "property": {
      const { step, path } = expression as Property;
      return get(`Steps.${step}.${path}`);
    }
    case "property-file": {
      const { step, name } = expression as PropertyFile;
      return get(`Steps.${step}.PropertyFiles.${name}`);
    }
    case "join": {
      const { on, values } = expression as Join;
      return { "Std:Join": { On: on, Values: values.map(renderValue) } };
    }
    case "json-get": {
      const { file, path } = expression as JsonGet;
      return { "Std:JsonGet": { PropertyFile: renderExpression(file), Path: path } };
    }
  }
}

/** A value of an argument tree as JSON. Keys that are undefined are left out. */
function renderValue(value: unknown): Json {
  if (isExpression(value)) return renderExpression(value);
  if (Array.isArray(value)) return value.map(renderValue);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([key, item]) => [key, renderValue(item)]),
    );
  return value as Json;
}

function renderParameter({ name, type, defaultValue, enumValues }: Parameter): ParameterDefinition {
  return {
    Name: name,
    Type: type,
    ...(defaultValue === undefined ? {} : { DefaultValue: defaultValue }),
    ...(enumValues === undefined ? {} : { EnumValues: enumValues }),
  };
}

function renderCondition({ conditions, ifSteps, elseSteps }: ConditionStep): StepDefinition["Arguments"] {
  return {
    Conditions: conditions.map(({ type, left, right }) => ({
      Type: type,
      LeftValue: renderValue(left),
      RightValue: renderValue(right),
    })),
    IfSteps: ifSteps.map(renderStep) as unknown as Json,
    ElseSteps: elseSteps.map(renderStep) as unknown as Json,
  };
}

function renderPropertyFiles({ propertyFiles = {} }: JobStep): Pick<StepDefinition, "PropertyFiles"> {
  const files = Object.values(propertyFiles).map(({ name, output, path }) => ({
    PropertyFileName: name,
    OutputName: output,
    FilePath: path,
  }));
  return files.length === 0 ? {} : { PropertyFiles: files };
}

function renderCache({ options: { cache } }: JobStep): Pick<StepDefinition, "CacheConfig"> {
  if (cache === undefined) return {};
  const expiry = cache.expireAfter === undefined ? {} : { ExpireAfter: cache.expireAfter };
  return { CacheConfig: { Enabled: cache.enabled, ...expiry } };
}

function renderStep(step: Step): StepDefinition {
  const { displayName, description, dependsOn } = step.options;
  return {
    Name: step.name,
    Type: step.type,
    Arguments:
      step.type === "Condition" ? renderCondition(step) : (renderValue(step.arguments) as StepDefinition["Arguments"]),
    ...(dependsOn === undefined ? {} : { DependsOn: dependsOn.map(({ name }) => name) }),
    ...(displayName === undefined ? {} : { DisplayName: displayName }),
    ...(description === undefined ? {} : { Description: description }),
    ...(step.type === "Condition" ? {} : { ...renderPropertyFiles(step), ...renderCache(step) }),
  };
}

/**
 * The definition document of a pipeline. Nothing in it depends on the clock, the machine or the order of a hash map.
 *
 * @throws PipelineProblems with everything that `checkPipeline` found
 */
export function renderDefinition(pipeline: Pipeline): PipelineDefinition {
  const problems = checkPipeline(pipeline);
  if (problems.length > 0) throw new PipelineProblems(pipeline, problems);
  return {
    Version: "2020-12-01",
    Metadata: {},
    Parameters: pipeline.parameters.map(renderParameter),
    PipelineExperimentConfig: {
      ExperimentName: get("Execution.PipelineName"),
      TrialName: get("Execution.PipelineExecutionId"),
    },
    Steps: pipeline.steps.map(renderStep),
  };
}
