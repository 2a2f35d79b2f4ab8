/**
 * The pipeline definition document, which `CreatePipeline` accepts as `PipelineDefinition` and which the local endpoint
 * executes. Keys keep AWS's spelling.
 *
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/define-pipeline.html and the documents that the SageMaker
 * Python SDK emits, because the published JSON schema is out of date.
 */

/** Any JSON value. Integers beyond 2^53 are `bigint`, so that they are not rounded. */
export type Json = string | number | bigint | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A value of the document. Any part of it may be an expression that SageMaker resolves during the execution. */
export type DefinitionValue = Json;

/** A reference: `{"Get": "Parameters.X" | "Execution.X" | "Steps.Name.Path"}`. */
export interface GetExpression {
  readonly Get: string;
}

/** A string made of values with `On` between them: `{"Std:Join": {"On": "/", "Values": [...]}}`. */
export interface JoinExpression {
  readonly "Std:Join": { readonly On: string; readonly Values: readonly DefinitionValue[] };
}

/** One value of a JSON file, which is a property file or at an S3 URI: `{"Std:JsonGet": ...}`. */
export interface JsonGetExpression {
  readonly "Std:JsonGet":
    | { readonly PropertyFile: GetExpression; readonly Path: string }
    | { readonly S3Uri: DefinitionValue; readonly Path: string };
}

/** The types of parameters. */
export type ParameterType = "String" | "Integer" | "Float" | "Boolean";

/** A parameter. Without a default value, every execution must give one. */
export interface ParameterDefinition {
  readonly Name: string;
  readonly Type: ParameterType;
  readonly DefaultValue?: string | number | bigint | boolean;
  readonly EnumValues?: readonly string[];
}

/** A JSON file in an output of a processing step. */
export interface PropertyFileDefinition {
  readonly PropertyFileName: string;
  readonly OutputName: string;
  readonly FilePath: string;
}

/** A cache configuration. `ExpireAfter` is an ISO 8601 duration such as `P30D`. Without it, results never expire. */
export interface CacheConfigDefinition {
  readonly Enabled: boolean;
  readonly ExpireAfter?: string;
}

/** A retry policy, with either `MaxAttempts` or `ExpireAfterMin`. */
export interface RetryPolicyDefinition {
  readonly ExceptionType: readonly string[];
  readonly BackoffRate?: number;
  readonly IntervalSeconds?: number;
  readonly MaxAttempts?: number;
  readonly ExpireAfterMin?: number;
}

/** The outcome of a step for which a dependent step runs. */
export type Trigger = "Completed" | "Failed" | "Stopped" | "Any";

/** A step that must end first, and the outcome for which the dependent step runs. */
export interface DependencyDefinition {
  readonly Step: string;
  readonly Trigger?: string;
}

/** A step. Its type may have other members, such as `FunctionArn`. */
export interface StepDefinition {
  readonly Name: string;
  readonly Type: string;
  readonly Arguments: { readonly [key: string]: Json };
  readonly DependsOn?: readonly (string | DependencyDefinition)[];
  readonly DisplayName?: string;
  readonly Description?: string;
  readonly RetryPolicies?: readonly RetryPolicyDefinition[];
  readonly PropertyFiles?: readonly PropertyFileDefinition[];
  readonly CacheConfig?: CacheConfigDefinition;
}

/** A condition. Comparisons have `LeftValue` and `RightValue`; `In` has `QueryValue` and `Values`. */
export interface ConditionDefinition {
  readonly Type: string;
  readonly LeftValue?: DefinitionValue;
  readonly RightValue?: DefinitionValue;
  readonly QueryValue?: DefinitionValue;
  readonly Values?: readonly DefinitionValue[];
  readonly Condition?: ConditionDefinition;
  readonly Conditions?: readonly ConditionDefinition[];
}

/** The `Arguments` of a Condition step. */
export interface ConditionArguments {
  readonly Conditions: readonly ConditionDefinition[];
  readonly IfSteps?: readonly StepDefinition[];
  readonly ElseSteps?: readonly StepDefinition[];
}

/** The `Arguments` of a ForEach step. */
export interface ForEachArguments {
  readonly IterableItems: DefinitionValue;
  readonly MaxConcurrency: number;
  readonly Selector?: { readonly Pick: string; readonly Field: DefinitionValue };
  readonly ForEachBody: readonly StepDefinition[];
}

/** The definition of a pipeline. */
export interface PipelineDefinition {
  readonly Version: "2020-12-01";
  readonly Metadata: { readonly [key: string]: Json };
  readonly Parameters: readonly ParameterDefinition[];
  readonly PipelineExperimentConfig?: {
    readonly ExperimentName: DefinitionValue;
    readonly TrialName: DefinitionValue;
  } | null;
  readonly MlflowConfig?: {
    readonly MlflowResourceArn: DefinitionValue;
    readonly MlflowExperimentName?: DefinitionValue;
  } | null;
  readonly Steps: readonly StepDefinition[];
}
