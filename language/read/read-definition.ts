import { defined } from "../../service-model/defined.ts";
import type { Json } from "../../service-model/definition.ts";
import { parseJson } from "../../service-model/exact-json.ts";
import type { Quotas } from "../../service-model/limits.ts";
import { oneLine } from "../../service-model/one-line.ts";
import { PipelineProblems } from "../check/check-pipeline.ts";
import type { Parameter, Value } from "../expressions/expression.ts";
import { parameterData } from "../expressions/parameter.ts";
import type { ExperimentConfig, MlflowConfig, Pipeline } from "../pipeline/pipeline.ts";
import { type ReadScope, readValue } from "./read-expression.ts";
import { readSteps } from "./read-step.ts";
import { namedPath, Reader } from "./reader.ts";
import * as schema from "./schema.ts";

/** The facts of a pipeline that its definition does not contain. */
export interface ReadOptions {
  /** The name of the pipeline. */
  readonly name: string;
  /** The account's quotas that differ from AWS's defaults. */
  readonly quotas?: Partial<Quotas>;
  /** Members and values that the service model lacks; see `PipelineOptions`. */
  readonly allow?: readonly string[];
}

/** Members of a definition that the language does not know. */
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
  scope: ReadScope,
): ExperimentConfig | null {
  if (config === null) return null;
  const read = (key: "ExperimentName" | "TrialName") =>
    readValue(config[key], scope, `PipelineExperimentConfig.${key}`) as Value<string>;
  return { experimentName: read("ExperimentName"), trialName: read("TrialName") };
}

function readMlflow(
  config: { MlflowResourceArn?: unknown; MlflowExperimentName?: unknown } | null,
  scope: ReadScope,
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
    const message = `is not JSON: ${oneLine((error as Error).message)}`;
    throw new PipelineProblems(name, [{ path: "the definition", message }]);
  }
}

/**
 * Reads a pipeline from a definition, for example one that the SageMaker Python SDK prints or `DescribePipeline`
 * returns. The result is the same data that `pipeline()` makes. It is checked by the same rules and renders to an equal
 * document, except that missing `Metadata` and `Parameters` become empty ones.
 *
 * @throws PipelineProblems if the text does not have the form of a definition. `checkPipeline` finds other mistakes.
 */
export function readDefinition(text: string, options: ReadOptions): Pipeline {
  try {
    return read(text, options);
  } catch (error) {
    // Only the recursion over the document's depth can exceed the stack.
    if (!(error instanceof RangeError)) throw error;
    const message = "is nested too deeply to be read; SageMaker does not accept such a value";
    throw new PipelineProblems(options.name, [{ path: "the definition", message }]);
  }
}

function read(text: string, { name, quotas = {}, allow = [] }: ReadOptions): Pipeline {
  const reader = new Reader();
  const given = reader.parse(schema.anyObject, parseText(text, name), "");
  if (given === undefined) throw new PipelineProblems(name, reader.problems);
  // The answer of DescribePipeline has the definition as a text.
  const { PipelineDefinition } = given;
  if (typeof PipelineDefinition === "string" && given["Steps"] === undefined)
    return read(PipelineDefinition, { name, quotas, allow });
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
  const parameters = declared.flatMap((value, index) =>
    readParameter(value, namedPath("Parameters", "Parameters", value, index), reader),
  );
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
    allow,
    members: members as Others,
  });
}
