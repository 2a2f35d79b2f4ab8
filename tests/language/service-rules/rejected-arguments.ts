import {
  autoML,
  bedrockImport,
  callback,
  check,
  cluster,
  data,
  emr,
  fail,
  forEach,
  get,
  input,
  join,
  lambda,
  minimum,
  newCluster,
  type Part,
  processing,
  serverless,
  training,
  tuning,
} from "./documents.ts";

/** Steps with one mistake: what it is, the steps, and the line about it. */
export type Mistake = readonly [what: string, steps: readonly Part[], path: string, message: RegExp];

const instances = (InstanceCount: Part) => training({ ResourceConfig: { ...cluster, InstanceCount } });

/** Mistakes in the members, values and types of a step. */
export const rejectedArguments: readonly Mistake[] = [
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
];
