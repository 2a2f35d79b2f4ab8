import { defined } from "../../service-model/defined.ts";
import type { Json } from "../../service-model/definition.ts";
import { parseJson } from "../../service-model/exact-json.ts";
import type { Quotas } from "../../service-model/limits.ts";
import { oneLine } from "../../service-model/one-line.ts";
import { PipelineProblems } from "../check/check-pipeline.ts";
import type { Parameter, Value } from "../expressions/expression.ts";
import { parameterData } from "../expressions/parameter.ts";
import type { ExperimentConfig, MlflowConfig, Pipeline } from "../pipeline/pipeline.ts";
import { readValue, type Scope } from "./read-expression.ts";
import { readSteps } from "./read-step.ts";
import { Reader } from "./reader.ts";
import * as schema from "./schema.ts";

/** What a definition does not say itself. */
export interface ReadOptions {
  /** The pipeline's name, which no definition contains. */
  readonly name: string;
  /** Quotas of the account that are not AWS's defaults. */
  readonly quotas?: Partial<Quotas>;
}

/** What a definition says beside what the language knows. */
type Others = { readonly [key: string]: Json };

function readParameter(value: unknown, path: string, reader: Reader): readonly Parameter[] {
  const parsed = reader.parse(schema.parameter, value, path);
  if (parsed === undefined) return [];
  const { Name, Type, DefaultValue, EnumValues, ...members } = parsed;
  return [
    parameterData({
      name: Name,
      type: Type,
      ...defined({ defaultValue: DefaultValue, enumValues: EnumValues }),
      ...(Object.keys(members).length === 0 ? {} : { members: members as Others }),
    }),
  ];
}

function readExperiment(
  config: { ExperimentName: unknown; TrialName: unknown } | null,
  scope: Scope,
): ExperimentConfig | null {
  if (config === null) return null;
  const read = (key: "ExperimentName" | "TrialName") =>
    readValue(config[key], scope, `PipelineExperimentConfig.${key}`) as Value<string>;
  return { experimentName: read("ExperimentName"), trialName: read("TrialName") };
}

function readMlflow(
  config: { MlflowResourceArn?: unknown; MlflowExperimentName?: unknown } | null,
  scope: Scope,
): MlflowConfig | null {
  if (config === null) return null;
  const read = (key: "MlflowResourceArn" | "MlflowExperimentName") =>
    readValue(config[key], scope, `MlflowConfig.${key}`) as Value<string>;
  const experiment = config.MlflowExperimentName === undefined ? {} : { experimentName: read("MlflowExperimentName") };
  return { resourceArn: read("MlflowResourceArn"), ...experiment };
}

function parseText(text: string, name: string): Json {
  try {
    return parseJson(text);
  } catch (error) {
    const message = `is no JSON: ${oneLine((error as Error).message)}`;
    throw new PipelineProblems(name, [{ path: "the definition", message }]);
  }
}

/**
 * A pipeline from its definition: what the SageMaker Python SDK prints, or what `DescribePipeline` answers. It is the
 * same model that `pipeline()` makes, is checked by the same rules, and renders to an equal document; a definition
 * without `Metadata` or `Parameters` gets empty ones.
 *
 * @throws PipelineProblems with everything that is no definition's form. What a well-formed definition gets wrong is
 *   for `checkPipeline` to find.
 */
export function readDefinition(text: string, options: ReadOptions): Pipeline {
  try {
    return read(text, options);
  } catch (error) {
    // Nothing else here calls itself as often as the document is deep.
    if (!(error instanceof RangeError)) throw error;
    const message = "is nested too deep to be read; SageMaker has no value that is";
    throw new PipelineProblems(options.name, [{ path: "the definition", message }]);
  }
}

function read(text: string, { name, quotas = {} }: ReadOptions): Pipeline {
  const reader = new Reader();
  const given = reader.parse(schema.anyObject, parseText(text, name), "");
  if (given === undefined) throw new PipelineProblems(name, reader.problems);
  const { Version, Parameters, PipelineExperimentConfig, MlflowConfig, Steps, ...members } = given;
  reader.parse(schema.document.Version, Version, "Version");
  reader.parse(schema.document.Metadata, members["Metadata"], "Metadata");
  const declared = reader.parse(schema.document.Parameters, Parameters, "Parameters") ?? [];
  const config = reader.parse(
    schema.document.PipelineExperimentConfig,
    PipelineExperimentConfig,
    "PipelineExperimentConfig",
  );
  const mlflowConfig = reader.parse(schema.document.MlflowConfig, MlflowConfig, "MlflowConfig");
  const parameters = declared.flatMap((value, index) => readParameter(value, `Parameters[${index}]`, reader));
  const scope = { parameters: new Map(parameters.map((parameter) => [parameter.name, parameter])), reader };
  const experiment = config === undefined ? undefined : readExperiment(config, scope);
  const list = reader.parse(schema.document.Steps, Steps, "Steps") ?? [];
  const steps = readSteps(list, "Steps", scope);
  if (reader.problems.length > 0) throw new PipelineProblems(name, reader.problems);
  return Object.freeze({
    kind: "pipeline",
    name,
    parameters: Object.freeze(parameters),
    ...defined({ experiment, mlflow: mlflowConfig && readMlflow(mlflowConfig, scope) }),
    steps: Object.freeze(steps),
    quotas,
    members: members as Others,
  });
}
