import {
  autoML,
  bedrockImport,
  callback,
  check,
  cluster,
  condition,
  data,
  emr,
  fail,
  forEach,
  get,
  image,
  input,
  join,
  jsonGet,
  lambda,
  minimum,
  newCluster,
  outputs,
  type Part,
  processing,
  register,
  reporting,
  serverless,
  training,
  trainingJob,
  transform,
  tuning,
} from "./documents.ts";

/** Steps with one mistake: what it is, the steps, and the line about it. */
export type Mistake = readonly [what: string, steps: readonly Part[], path: string, message: RegExp];

const instances = (InstanceCount: Part) => training({ ResourceConfig: { ...cluster, InstanceCount } });
const folder = { LocalPath: "/opt/ml/processing/data" };
const inFan = (path: string, changes: Part = {}) => [forEach(training(), changes), fail(get(`Steps.Fan.${path}`))];

export const rejected: readonly Mistake[] = [
  // Members
  [
    "a misspelt member deep in a channel",
    [training({ InputDataConfig: [{ ChannelName: "train", ...data({ S3Url: "s3://b" }) }] })],
    "Steps.Train.Arguments.InputDataConfig['train'].DataSource.S3DataSource.S3Url",
    /^Unknown Argument member 'S3Url'; did you mean S3Uri\?/,
  ],
  [
    "a member that pipelines refuse",
    [training({ ExperimentConfig: { TrialName: "t" } })],
    "Steps.Train.Arguments.ExperimentConfig.TrialName",
    /^Unknown Argument member 'TrialName'; AWS's request has it, but pipelines do not take it: leave it out$/,
  ],
  [
    "the deployment of an AutoML job",
    [autoML({ ModelDeployConfig: { AutoGenerateEndpointName: true } })],
    "Steps.Auto.Arguments.ModelDeployConfig",
    /^Unknown Argument member 'ModelDeployConfig'/,
  ],
  [
    "a member in the wrong case in an EMR Serverless job",
    [serverless({ Name: "job" })],
    "Steps.Serverless.Arguments.JobConfig.Name",
    /^Unknown Argument member 'Name'; did you mean name\?/,
  ],
  [
    "an EMR step without a jar",
    [emr({ Args: [] })],
    "Steps.Spark.Arguments.StepConfig.HadoopJarStep.Jar",
    /^is missing; SageMaker requires it$/,
  ],
  [
    "a misspelt member of a Lambda step",
    [lambda({}, { FunctionARN: "a" })],
    "Steps.Ask.FunctionARN",
    /^Unknown Argument member 'FunctionARN'; did you mean FunctionArn\?/,
  ],
  [
    "a misspelt member that every step may have",
    [training(), { ...fail("no"), DependOn: ["Train"] }],
    "Steps.Stop.DependOn",
    /^Unknown Argument member 'DependOn'; did you mean DependsOn\?/,
  ],
  // Types and constraints
  [
    "a string in place of a list of arguments",
    [emr({ Jar: "a.jar", Args: "--in" })],
    "Steps.Spark.Arguments.StepConfig.HadoopJarStep.Args",
    /^is "--in"; SageMaker expects a list here$/,
  ],
  [
    "a null hyperparameter",
    [training({ HyperParameters: { depth: null } })],
    "Steps.Train.Arguments.HyperParameters.depth",
    /^is null; SageMaker expects a string here$/,
  ],
  [
    "an instance role that EMR does not have",
    [emr(undefined, newCluster({ InstanceRole: "LEADER" }))],
    "Steps.Spark.Arguments.ClusterConfig.Instances.InstanceGroups[0].InstanceRole",
    /^is "LEADER"; SageMaker accepts MASTER, CORE, TASK /,
  ],
  [
    "a tuning job with 0 parallel training jobs",
    [tuning({ ResourceLimits: { MaxNumberOfTrainingJobs: 4, MaxParallelTrainingJobs: 0 } })],
    "Steps.Tune.Arguments.HyperParameterTuningJobConfig.ResourceLimits.MaxParallelTrainingJobs",
    /^is 0; SageMaker accepts at least 1$/,
  ],
  [
    "a mode that Autopilot does not have",
    [autoML({ AutoMLJobConfig: { Mode: "ENSEMBLE" } })],
    "Steps.Auto.Arguments.AutoMLJobConfig.Mode",
    /^is "ENSEMBLE"; .*ENSEMBLING/,
  ],
  [
    "a name that Bedrock does not accept",
    [bedrockImport({ importedModelName: "a b" })],
    "Steps.Import.Arguments.importedModelName",
    /^is "a b", which does not match SageMaker's pattern /,
  ],
  [
    "a check of another step type",
    [check("QualityCheck", "DATA_BIAS")],
    "Steps.Quality.CheckType",
    /^is "DATA_BIAS"; SageMaker accepts DATA_QUALITY, MODEL_QUALITY /,
  ],
  [
    "a string as a Boolean option of a check",
    [check("ClarifyCheck", "DATA_BIAS", { SkipCheck: "no" })],
    "Steps.Quality.SkipCheck",
    /^is "no"; SageMaker expects true or false here$/,
  ],
  [
    "an output type that does not exist",
    [lambda({}, { OutputParameters: [{ OutputName: "n", OutputType: "Int" }] })],
    "Steps.Ask.OutputParameters['n'].OutputType",
    /^is "Int"; SageMaker accepts String, Integer, Boolean, Float /,
  ],
  // Expressions of the wrong type
  [
    "an Integer parameter as an image",
    [training({ AlgorithmSpecification: { TrainingImage: get("Parameters.Count"), TrainingInputMode: "File" } })],
    "Steps.Train.Arguments.AlgorithmSpecification.TrainingImage",
    /^cannot assign property reference \[Parameters\.Count\] of type Integer to argument of type \[String\]$/,
  ],
  [
    "a parameter without a type as a number",
    [instances(get("Parameters.Untyped"))],
    "Steps.Train.Arguments.ResourceConfig.InstanceCount",
    /\[Parameters\.Untyped\] of type String to argument of type \[Integer\]$/,
  ],
  [
    "a join as a number",
    [instances(join(get("Parameters.Count")))],
    "Steps.Train.Arguments.ResourceConfig.InstanceCount",
    /\[Std:Join\] of type String to argument of type \[Integer\]$/,
  ],
  [
    "a number of a description as an address",
    [
      training(),
      processing({
        ProcessingInputs: [input("m", { S3Uri: get("Steps.Train.BillableTimeInSeconds") })],
      }),
    ],
    "Steps.Split.Arguments.ProcessingInputs['m'].S3Input.S3Uri",
    /\[Steps\.Train\.BillableTimeInSeconds\] of type Integer to argument of type \[String\]$/,
  ],
  [
    "a Float answer of a Lambda function as text",
    [lambda({}), training({ Environment: { MSE: get("Steps.Ask.OutputParameters['mse']") } })],
    "Steps.Train.Arguments.Environment.MSE",
    /\[Steps\.Ask\.OutputParameters\['mse'\]\] of type Float to argument of type \[String\]$/,
  ],
  [
    "a String parameter as a Boolean option of a check",
    [check("QualityCheck", "DATA_QUALITY", { FailOnViolation: get("Parameters.Text") })],
    "Steps.Quality.FailOnViolation",
    /\[Parameters\.Text\] of type String to argument of type \[Boolean\]$/,
  ],
  [
    "a number as a queue",
    [callback({ SqsQueueUrl: get("Parameters.Count") })],
    "Steps.Wait.SqsQueueUrl",
    /\[Parameters\.Count\] of type Integer to argument of type \[String\]$/,
  ],
  [
    "a number as the items of a ForEach step",
    [forEach(training(), { IterableItems: get("Parameters.Count") })],
    "Steps.Fan.Arguments.IterableItems",
    /\[Parameters\.Count\] of type Integer to argument of type \[List\]$/,
  ],
  [
    "a string as the value that a selector compares",
    [forEach(lambda({}), minimum("Ask.OutputParameters['model']"))],
    "Steps.Fan.Arguments.Selector.Field",
    /\[IterationOutput\.Ask\.OutputParameters\['model'\]\] of type String to argument of type \[Float\]$/,
  ],
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
    "an output that the step does not have",
    [processing(outputs("train")), fail(get("Steps.Split.ProcessingOutputConfig.Outputs['test'].S3Output.S3Uri"))],
    "Steps.Stop.Arguments.ErrorMessage",
    /^refers to the step Split and the output test, which the step does not have; it has train$/,
  ],
];
