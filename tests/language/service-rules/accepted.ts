import {
  autoML,
  bedrockImport,
  callback,
  check,
  condition,
  data,
  emr,
  fail,
  forEach,
  get,
  input,
  join,
  jsonGet,
  lambda,
  minimum,
  model,
  newCluster,
  type Part,
  processing,
  register,
  reporting,
  serverless,
  training,
  transform,
  tuning,
} from "./documents.ts";

const json = (S3Uri: string) => ({ ContentType: "application/json", S3Uri: get(S3Uri) });

/** Steps that SageMaker accepts, by what is special about them. */
export const accepted: { readonly [what: string]: readonly Part[] } = {
  "an EMR step with a new cluster, and its status and cluster in a message": [
    emr(undefined, newCluster()),
    fail(join(get("Steps.Spark.Status.FailureDetails.Reason"), get("Steps.Spark.ClusterId"))),
  ],
  "an EMR Serverless job in a new application, and its state": [
    serverless(
      { executionTimeoutMinutes: 60 },
      { ApplicationConfig: { name: "a", releaseLabel: "emr-6.6.0", type: "Spark" } },
    ),
    fail(get("Steps.Serverless.jobRun.state")),
  ],
  "a Bedrock import whose role is a parameter": [bedrockImport({ roleArn: get("Parameters.Text") })],
  "a tuning job with a number from a parameter, and its jobs and best job in conditions": [
    tuning({ ResourceLimits: { MaxNumberOfTrainingJobs: get("Parameters.Count"), MaxParallelTrainingJobs: 2 } }),
    condition({
      Type: "LessThan",
      LeftValue: get("Steps.Tune.TrainingJobSummaries[1].FinalHyperParameterTuningJobObjectiveMetric.Value"),
      RightValue: get("Parameters.Ratio"),
    }),
    fail(get("Steps.Tune.BestTrainingJob.TrainingJobName")),
  ],
  "a model of Autopilot's best candidate": [
    autoML(),
    model({
      ModelDataUrl: get("Steps.Auto.BestCandidate.InferenceContainers[0].ModelDataUrl"),
      Environment: get("Steps.Auto.BestCandidate.InferenceContainers[0].Environment"),
    }),
  ],
  "baselines of a Clarify check in a model package": [
    check("ClarifyCheck", "MODEL_BIAS", { ModelName: get("Parameters.Text"), SuppliedBaselineConstraints: null }),
    register({
      ModelMetrics: { Bias: { Report: json("Steps.Quality.CalculatedBaselineConstraints") } },
      DriftCheckBaselines: {
        Bias: { PreTrainingConstraints: json("Steps.Quality.BaselineUsedForDriftCheckConstraints") },
      },
    }),
  ],
  "a quality check whose members are parameters": [
    check("QualityCheck", "DATA_QUALITY", {
      SkipCheck: get("Parameters.Flag"),
      RegisterNewBaseline: get("Parameters.Flag"),
      SuppliedBaselineStatistics: get("Parameters.Text"),
    }),
    fail(get("Steps.Quality.CalculatedBaselineStatistics")),
  ],
  "a Callback step without arguments, and values of all types for a Lambda function": [
    callback({ SqsQueueUrl: get("Parameters.Text") }),
    lambda({ flag: get("Parameters.Flag"), deep: { list: [get("Parameters.Count"), null] } }),
  ],
  "the results of one iteration, of the selected one, and the counts of a ForEach step": [
    forEach(lambda({ item: get("ForEach.CurrentItem") }), minimum("Ask.OutputParameters['mse']")),
    training({ HyperParameters: { first: get("Steps.Fan.IterationOutputs[1].Ask.OutputParameters['model']") } }),
    fail(join(get("Steps.Fan.Selected.OutputParameters['mse']"), get("Steps.Fan.SucceededStepCount"))),
  ],
  "a parameter without a type as an image, and a number as text by a join": [
    training({
      AlgorithmSpecification: { TrainingImage: get("Parameters.Untyped"), TrainingInputMode: "File" },
      HyperParameters: { rounds: join(get("Parameters.Count")) },
      EnableManagedSpotTraining: get("Parameters.Flag"),
      StoppingCondition: { MaxRuntimeInSeconds: 600, MaxWaitTimeInSeconds: 700 },
      ExperimentConfig: { TrialComponentDisplayName: "training" },
    }),
  ],
  "a value of a property file as a number and as a text": [
    reporting,
    training({
      StoppingCondition: { MaxRuntimeInSeconds: jsonGet("seconds") },
      HyperParameters: { lr: jsonGet("a.b[0]") },
    }),
  ],
  "execution variables and the outcome of a condition": [
    condition(
      { Type: "In", QueryValue: get("Execution.PipelineName"), Values: ["a", get("Parameters.Text")] },
      { Type: "Not", Condition: { Type: "Equals", LeftValue: get("Parameters.Flag"), RightValue: true } },
    ),
    fail(join(1, true, get("Execution.StartDateTime"), get("Steps.If.Outcome"))),
  ],
  "filters with ranges, members and the model's output": [
    transform({ JoinSource: "Input", InputFilter: "$[1:]", OutputFilter: "$['id','SageMakerOutput']" }),
  ],
  "inputs without folders, and a data set of Athena": [
    processing({
      ProcessingInputs: [
        input("a"),
        input("b"),
        {
          InputName: "c",
          DatasetDefinition: {
            LocalPath: "/opt/ml/processing/c",
            AthenaDatasetDefinition: {
              Catalog: "c",
              Database: "d",
              QueryString: "select 1",
              OutputS3Uri: "s3://b/q",
              OutputFormat: "PARQUET",
            },
          },
        },
      ],
    }),
  ],
  "channels of files and of a previous step's output": [
    processing(),
    training({
      InputDataConfig: [
        {
          ChannelName: "train",
          ...data(),
          ContentType: "text/csv",
          CompressionType: "None",
          RecordWrapperType: "None",
        },
        { ChannelName: "seed", ...data({ S3Uri: get("Steps.Split.ProcessingJobArn") }) },
      ],
    }),
  ],
};
