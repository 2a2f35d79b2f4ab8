/**
 * The pipeline definition document as SageMaker stores it: what `CreatePipeline` takes as `PipelineDefinition` and what
 * the local endpoint executes. Keys keep AWS's spelling.
 *
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/define-pipeline.html and the documents that the SageMaker
 * Python SDK emits (the published JSON schema is older than the service).
 */

/** Any JSON value. Integers beyond 2^53 are `bigint`, so that none is rounded. */
export type Json = string | number | bigint | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A value of the document in which any part may be an expression that the service resolves at run time. */
export type DefinitionValue = Json;

/** `{"Get": "Parameters.X" | "Execution.X" | "Steps.Name.Path"}`. */
export interface GetExpression {
  readonly Get: string;
}

/** `{"Std:Join": {"On": "/", "Values": [...]}}`: the values as strings, with `On` between them. */
export interface JoinExpression {
  readonly "Std:Join": { readonly On: string; readonly Values: readonly DefinitionValue[] };
}

/** `{"Std:JsonGet": ...}`: one value of a JSON file that a processing step wrote, by property file or by S3 URI. */
export interface JsonGetExpression {
  readonly "Std:JsonGet":
    | { readonly PropertyFile: GetExpression; readonly Path: string }
    | { readonly S3Uri: DefinitionValue; readonly Path: string };
}

/** The types of parameters. */
export type ParameterType = "String" | "Integer" | "Float" | "Boolean";

/** A parameter. Without a default, every execution has to give the value. */
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

/** `ExpireAfter` is an ISO 8601 duration such as `P30D` or `PT1H`, without which a result never grows too old. */
export interface CacheConfigDefinition {
  readonly Enabled: boolean;
  readonly ExpireAfter?: string;
}

/** One of `MaxAttempts` and `ExpireAfterMin`. */
export interface RetryPolicyDefinition {
  readonly ExceptionType: readonly string[];
  readonly BackoffRate?: number;
  readonly IntervalSeconds?: number;
  readonly MaxAttempts?: number;
  readonly ExpireAfterMin?: number;
}

/** How a step has to end so that one that depends on it runs. */
export type Trigger = "Completed" | "Failed" | "Stopped" | "Any";

/** A step that has to end first, and with which outcome it lets the other one run. */
export interface DependencyDefinition {
  readonly Step: string;
  readonly Trigger?: string;
}

/** A step, with what its type has beside these members (such as `FunctionArn`). */
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

/** A comparison has `LeftValue` and `RightValue`, In has `QueryValue` and `Values`, Not a `Condition`, Or `Conditions`. */
export interface ConditionDefinition {
  readonly Type: string;
  readonly LeftValue?: DefinitionValue;
  readonly RightValue?: DefinitionValue;
  readonly QueryValue?: DefinitionValue;
  readonly Values?: readonly DefinitionValue[];
  readonly Condition?: ConditionDefinition;
  readonly Conditions?: readonly ConditionDefinition[];
}

/** `Arguments` of a step of type `Condition`. */
export interface ConditionArguments {
  readonly Conditions: readonly ConditionDefinition[];
  readonly IfSteps?: readonly StepDefinition[];
  readonly ElseSteps?: readonly StepDefinition[];
}

/** `Arguments` of a step of type `ForEach`. */
export interface ForEachArguments {
  readonly IterableItems: DefinitionValue;
  readonly MaxConcurrency: number;
  readonly Selector?: { readonly Pick: string; readonly Field: DefinitionValue };
  readonly ForEachBody: readonly StepDefinition[];
}

/** The whole document. */
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
