import { defined } from "../../service-model/defined.ts";
import type {
  CacheConfigDefinition,
  ConditionDefinition,
  Json,
  ParameterDefinition,
  PipelineDefinition,
  RetryPolicyDefinition,
  StepDefinition,
} from "../../service-model/definition.ts";
import type { Condition } from "../expressions/condition.ts";
import { type Expression, isExpression, type Parameter } from "../expressions/expression.ts";
import type { CacheConfig, RetryPolicy, Step } from "../steps/step.ts";
import type { ExperimentConfig, MlflowConfig, Pipeline } from "./pipeline.ts";

type Members = { readonly [key: string]: Json };

function get(path: string): Json {
  return { Get: path };
}

function renderExpression(expression: Expression): Json {
  switch (expression.kind) {
    case "parameter":
      return get(`Parameters.${expression.name}`);
    case "execution-variable":
      return get(`Execution.${expression.name}`);
    case "property": {
      const { step, path } = expression;
      return get(path === "" ? `Steps.${step}` : `Steps.${step}.${path}`);
    }
    case "property-file": {
      const { step, name } = expression;
      return get(`Steps.${step}.PropertyFiles.${name}`);
    }
    case "join": {
      const { on, values } = expression;
      return { "Std:Join": { On: on, Values: values.map(renderValue) } };
    }
    case "json-get": {
      const { file, path } = expression;
      const isFile = isExpression(file) && file.kind === "property-file";
      return { "Std:JsonGet": { [isFile ? "PropertyFile" : "S3Uri"]: renderValue(file), Path: path } };
    }
    case "current-item": {
      const { path } = expression;
      return get(path === "" || path.startsWith("[") ? `ForEach.CurrentItem${path}` : `ForEach.CurrentItem.${path}`);
    }
    case "iteration-output": {
      const { step, path } = expression;
      return get(path === "" ? `IterationOutput.${step}` : `IterationOutput.${step}.${path}`);
    }
    case "unknown":
      return get(expression.reference);
  }
}

/** Renders a value of the arguments as JSON. Undefined members are left out. */
export function renderValue(value: unknown): Json {
  if (typeof value !== "object" || value === null) return value as Json;
  if (isExpression(value)) return renderExpression(value);
  if (Array.isArray(value)) return value.map(renderValue);
  const rendered: Record<string, Json> = {};
  for (const key of Object.keys(value)) {
    const item = (value as Record<string, unknown>)[key];
    if (item !== undefined) set(rendered, key, renderValue(item));
  }
  return rendered;
}

/** Sets a member of any name. An assignment to `__proto__` would change the prototype instead. */
function set(record: Record<string, Json>, key: string, value: Json): void {
  if (key === "__proto__") Object.defineProperty(record, key, { value, enumerable: true });
  else record[key] = value;
}

function renderParameter({ name, type, defaultValue, enumValues, members }: Parameter): ParameterDefinition {
  return {
    Name: name,
    Type: type,
    ...defined({ DefaultValue: defaultValue, EnumValues: enumValues }),
    ...members,
  };
}

function renderCondition(condition: Condition): ConditionDefinition {
  switch (condition.type) {
    case "In":
      return { Type: "In", QueryValue: renderValue(condition.value), Values: condition.values.map(renderValue) };
    case "Not":
      return { Type: "Not", Condition: renderCondition(condition.condition) };
    case "Or":
      return { Type: "Or", Conditions: condition.conditions.map(renderCondition) };
    default:
      return { Type: condition.type, LeftValue: renderValue(condition.left), RightValue: renderValue(condition.right) };
  }
}

function renderArguments(step: Step): Members {
  switch (step.kind) {
    case "job":
      return renderValue(step.arguments) as Members;
    case "condition":
      return {
        Conditions: step.conditions.map(renderCondition) as unknown as Json,
        ...defined({
          IfSteps: step.ifSteps && (step.ifSteps.map(renderStep) as unknown as Json),
          ElseSteps: step.elseSteps && (step.elseSteps.map(renderStep) as unknown as Json),
        }),
      };
    case "for-each":
      return {
        IterableItems: renderValue(step.items),
        MaxConcurrency: step.maxConcurrency,
        ...(step.selector === undefined
          ? {}
          : { Selector: { Pick: step.selector.pick, Field: renderValue(step.selector.field) } }),
        ForEachBody: step.steps.map(renderStep) as unknown as Json,
      };
  }
}

function renderRetryPolicy(policy: RetryPolicy): RetryPolicyDefinition {
  const { exceptions, backoffRate, intervalSeconds, maxAttempts, expireAfterMinutes } = policy;
  return {
    ...defined({
      BackoffRate: backoffRate,
      IntervalSeconds: intervalSeconds,
      MaxAttempts: maxAttempts,
      ExpireAfterMin: expireAfterMinutes,
    }),
    ExceptionType: exceptions,
  };
}

function renderCache({ enabled, expireAfter }: CacheConfig): CacheConfigDefinition {
  return { Enabled: enabled, ...defined({ ExpireAfter: expireAfter }) };
}

function renderStep(step: Step): StepDefinition {
  const { displayName, description, dependsOn, cache, retry, members } = step;
  const files = step.kind === "job" ? step.files : undefined;
  return {
    Name: step.name,
    Type: step.type,
    Arguments: renderArguments(step),
    ...defined({
      DependsOn: dependsOn?.map(({ step, trigger }) => (trigger ? { Step: step, Trigger: trigger } : step)),
      DisplayName: displayName,
      Description: description,
      RetryPolicies: retry?.map(renderRetryPolicy),
      PropertyFiles: files?.map(({ name, output, path }) => ({
        PropertyFileName: name,
        OutputName: output,
        FilePath: path,
      })),
      CacheConfig: cache && renderCache(cache),
    }),
    ...(members === undefined ? {} : (renderValue(members) as Members)),
  };
}

function renderExperiment(experiment: ExperimentConfig | null): PipelineDefinition["PipelineExperimentConfig"] & Json {
  if (experiment === null) return null;
  return { ExperimentName: renderValue(experiment.experimentName), TrialName: renderValue(experiment.trialName) };
}

function renderMlflow(mlflow: MlflowConfig | null): PipelineDefinition["MlflowConfig"] & Json {
  if (mlflow === null) return null;
  const { resourceArn, experimentName } = mlflow;
  return {
    MlflowResourceArn: renderValue(resourceArn),
    ...(experimentName === undefined ? {} : { MlflowExperimentName: renderValue(experimentName) }),
  };
}

/** Returns the definition document of a pipeline without checking the pipeline. */
export function renderPipeline(pipeline: Pipeline): PipelineDefinition {
  return {
    Version: "2020-12-01",
    Metadata: {},
    Parameters: pipeline.parameters.map(renderParameter),
    ...defined({
      PipelineExperimentConfig: pipeline.experiment && renderExperiment(pipeline.experiment),
      MlflowConfig: pipeline.mlflow && renderMlflow(pipeline.mlflow),
    }),
    ...pipeline.members,
    Steps: pipeline.steps.map(renderStep),
  };
}
