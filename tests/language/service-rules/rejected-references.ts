import {
  check,
  condition,
  emr,
  fail,
  forEach,
  get,
  image,
  input,
  jsonGet,
  lambda,
  minimum,
  outputs,
  type Part,
  processing,
  register,
  reporting,
  training,
  trainingJob,
  transform,
  tuning,
} from "./documents.ts";
import type { Mistake } from "./rejected-arguments.ts";

const folder = { LocalPath: "/opt/ml/processing/data" };
const inFan = (path: string, changes: Part = {}) => [forEach(training(), changes), fail(get(`Steps.Fan.${path}`))];

/** Mistakes in property paths, and in what the service checks beyond its model. */
export const rejectedReferences: readonly Mistake[] = [
  // Property paths
  [
    "a misspelt member of a tuning job's summary",
    [tuning(), fail(get("Steps.Tune.TrainingJobSummaries[0].TrainingJobNam"))],
    "Steps.Stop.Arguments.ErrorMessage",
    /^refers to the step Tune and its property TrainingJobNam; did you mean TrainingJobName\?$/,
  ],
  [
    "a misspelt member of EMR's status",
    [emr(), fail(get("Steps.Spark.Status.Stat"))],
    "Steps.Stop.Arguments.ErrorMessage",
    /^refers to the step Spark and its property Stat; did you mean State\?$/,
  ],
  [
    "statistics of a Clarify check, which has none",
    [check("ClarifyCheck", "DATA_BIAS"), fail(get("Steps.Quality.CalculatedBaselineStatistics"))],
    "Steps.Stop.Arguments.ErrorMessage",
    /its property CalculatedBaselineStatistics; there are CalculatedBaselineConstraints, Baseline/,
  ],
  [
    "a misspelt member of a body step's description",
    inFan("IterationOutputs[0].Train.ModelArtifacts.S3ModelArtifact"),
    "Steps.Stop.Arguments.ErrorMessage",
    /^refers to the step Fan and its body step Train, and there to its property S3ModelArtifact; did you mean S3Model/,
  ],
  [
    "an iteration beyond the items",
    inFan("IterationOutputs[2].Train.TrainingJobName"),
    "Steps.Stop.Arguments.ErrorMessage",
    /^refers to the step Fan and the iteration at position 2, but it has 2 items; positions begin with 0$/,
  ],
  [
    "a count that a ForEach step does not have",
    inFan("ItemCount"),
    "Steps.Stop.Arguments.ErrorMessage",
    /^refers to the step Fan and its property ItemCount; /,
  ],
  [
    "an output that a selector's step does not have",
    [forEach(lambda({}), minimum("Ask.OutputParameters['rmse']"))],
    "Steps.Fan.Arguments.Selector.Field",
    /^refers to the step Ask and the output parameter rmse, which the step does not have; it has mse, model$/,
  ],
  [
    "a property of a Fail step",
    [fail("no"), lambda({ why: get("Steps.Stop.ErrorMessage") })],
    "Steps.Ask.Arguments.why",
    /^refers to the step Stop and its property ErrorMessage, but Fail steps have no properties$/,
  ],
  // Rules beyond the model
  [
    "an empty container argument of a training job",
    [
      training({
        AlgorithmSpecification: { TrainingImage: image, TrainingInputMode: "File", ContainerArguments: ["--x", ""] },
      }),
    ],
    "Steps.Train.Arguments.AlgorithmSpecification.ContainerArguments[1]",
    /^is an empty string, which SageMaker rejects/,
  ],
  [
    "an entry point that is empty by a parameter's default",
    [processing({ AppSpecification: { ImageUri: image, ContainerEntrypoint: [get("Parameters.Empty")] } })],
    "Steps.Split.Arguments.AppSpecification.ContainerEntrypoint[0]",
    /^is the parameter Empty, whose default is an empty string/,
  ],
  [
    "two inputs in one folder",
    [processing({ ProcessingInputs: [input("a", folder), input("b", { LocalPath: `${folder.LocalPath}/` })] })],
    "Steps.Split.Arguments.ProcessingInputs['b'].S3Input.LocalPath",
    /^is "\/opt\/ml\/processing\/data\/", as that of the input a; give each input its own$/,
  ],
  [
    "tags of a version whose group is a parameter",
    [register({ ModelPackageGroupName: get("Parameters.Text"), Tags: [{ Key: "a", Value: "b" }] })],
    "Steps.Register.Arguments.Tags",
    /^Tags are not supported in Model Package versions\. Please add them to the Model Package Group$/,
  ],
  [
    "an objective that no metric definition has",
    [tuning({ HyperParameterTuningJobObjective: { Type: "Minimize", MetricName: "auc" } })],
    "Steps.Tune.Arguments.TrainingJobDefinition.AlgorithmSpecification.MetricDefinitions",
    /^have no "auc"\. A metric is required for this hyperparameter tuning job objective\./,
  ],
  [
    "a second training job without metrics",
    [
      tuning(
        {},
        {
          TrainingJobDefinitions: [
            trainingJob({ DefinitionName: "a" }),
            trainingJob({
              DefinitionName: "b",
              AlgorithmSpecification: { TrainingImage: image, TrainingInputMode: "File" },
            }),
          ],
        },
      ),
    ],
    "Steps.Tune.Arguments.TrainingJobDefinitions['b'].AlgorithmSpecification.MetricDefinitions",
    /^are missing\. A metric is required/,
  ],
  [
    "an underscore in a filter",
    [transform({ OutputFilter: "$.account_id" })],
    "Steps.Score.Arguments.DataProcessing.OutputFilter",
    /^Invalid OutputFilter "\$\.account_id": Unexpected "_" in JsonPath/,
  ],
  [
    "a number as the path of a JsonGet",
    [reporting, condition({ Type: "Equals", LeftValue: jsonGet(3), RightValue: 1 })],
    "Steps.If.Arguments.Conditions[0].LeftValue.Std:JsonGet.Path",
    /plain string$/,
  ],
  [
    "an object as a key of a message",
    [lambda({ deep: [{ "[object Object]": "x" }] })],
    "Steps.Ask.Arguments.deep[0].[object Object]",
    /^is a key that was an object; keys are plain strings$/,
  ],
  [
    "a misspelt member of a condition",
    [condition({ Type: "Not", Expression: { Type: "Equals", LeftValue: 1, RightValue: 1 } })],
    "Steps.If.Arguments.Conditions[0]",
    /Expression/,
  ],
  [
    "a misspelt comparison",
    [condition({ Type: "LessThen", LeftValue: 1, RightValue: 2 })],
    "Steps.If.Arguments.Conditions[0].Type",
    /^is "LessThen"; did you mean "LessThan"\?$/,
  ],
  [
    "a JsonGet with the Python SDK's name of the path",
    [reporting, training({ HyperParameters: { lr: { "Std:JsonGet": { S3Uri: "s3://b/r.json", JsonPath: "lr" } } } })],
    "Steps.Train.Arguments.HyperParameters.lr.Std:JsonGet",
    /^has "JsonPath", which SageMaker does not accept there; did you mean Path\?$/,
  ],
  [
    "a tag whose value is a switch",
    [training({ Tags: [{ Key: "team", Value: get("Parameters.Flag") }] })],
    "Steps.Train.Arguments.Tags['team'].Value",
    /\[Parameters\.Flag\] of type Boolean to argument of type \[String\]$/,
  ],
  [
    "an output that the step does not have",
    [processing(outputs("train")), fail(get("Steps.Split.ProcessingOutputConfig.Outputs['test'].S3Output.S3Uri"))],
    "Steps.Stop.Arguments.ErrorMessage",
    /^refers to the step Split and the output test, which the step does not have; it has train$/,
  ],
];
