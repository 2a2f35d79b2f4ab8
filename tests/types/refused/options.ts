import type { Refusal } from "./refusal.ts";

/** Mistakes in options: options that a step type does not have, and options that exclude each other. */
export const options: readonly Refusal[] = [
  [
    "an option that a short form does not have",
    'sm.scriptProcessingStep("S", { ...base, script«| , colour: "red"» });',
    /'colour' does not exist/,
  ],
  [
    "an option that is missing",
    'sm.algorithmTrainingStep("S", { context, instances«, image: "i" |» });',
    /'image' is missing/,
  ],
  ["a pipeline without steps", 'sm.pipeline("P", { «steps: [] |» });', /'steps' is missing/],
  [
    "an output with a type that does not exist",
    'sm.lambdaStep("S", { functionArn: "f", outputs: { a: «"Float" | "Number"» } });',
    /'"Number"' is not assignable to type 'OutputParameterType'/,
  ],
  [
    "a retry policy with both maxAttempts and expireAfterMinutes",
    `sm.scriptProcessingStep("S", {
      ...base, script, retry: [{ exceptions: ["Step.THROTTLING"], maxAttempts: 1«| , expireAfterMinutes: 1» }],
    });`,
    /'expireAfterMinutes' are incompatible/,
  ],
  [
    "a retry policy with neither maxAttempts nor expireAfterMinutes",
    `sm.scriptProcessingStep("S", {
      ...base, script, retry: [{ exceptions: ["Step.THROTTLING"]«, maxAttempts: 1 |» }],
    });`,
    /'expireAfterMinutes' is missing/,
  ],
  [
    "a retry policy for an exception that does not exist",
    `sm.scriptProcessingStep("S", {
      ...base, script, retry: [{ exceptions: [«"Step.THROTTLING" | "Step.TIMEOUT"»], maxAttempts: 1 }],
    });`,
    /'"Step.TIMEOUT"' is not assignable to type '"SageMaker.CAPACITY_ERROR" \|.*"Step.THROTTLING"'/,
  ],
  [
    "a retry policy without exceptions",
    `sm.scriptProcessingStep("S", {
      ...base, script, retry: [{ exceptions: [«"Step.THROTTLING" |»], maxAttempts: 1 }],
    });`,
    /Source has 0 element\(s\) but target requires 1/,
  ],
  [
    "a retry policy on a Lambda step",
    'sm.lambdaStep("S", { functionArn: "f"«| , retry: [{ exceptions: ["Step.THROTTLING"], maxAttempts: 1 }]» });',
    /'retry' does not exist in type 'LambdaStepOptions/,
  ],
  [
    "a retry policy on a Fail step",
    'sm.failStep("S", { errorMessage: "m"«| , retry: [{ exceptions: ["Step.THROTTLING"], maxAttempts: 1 }]» });',
    /'retry' does not exist in type 'FailStepOptions'/,
  ],
  [
    "a retry policy on a Condition step",
    'sm.conditionStep("S", { conditions: []«| , retry: []» });',
    /'retry' does not exist in type 'ConditionStepOptions'/,
  ],
  [
    "a cache on a Model step",
    'sm.modelStep("S", { arguments: { ExecutionRoleArn: "arn:aws:iam::123456789012:role/r" }«| , cache: { enabled: true }» });',
    /'cache' does not exist in type 'WithArguments<ModelArguments, RetryableStepOptions>'/,
  ],
  [
    "a cache on a RegisterModel step",
    'sm.registerModelStep("S", { arguments: { ModelPackageGroupName: "g" }«| , cache: { enabled: true }» });',
    /'cache' does not exist in type 'WithArguments<RegisterModelArguments, RetryableStepOptions>'/,
  ],
  [
    "a cache on the short form of a RegisterModel step",
    'sm.registerModelVersionStep("S", { ...version, image: "i", model: "m"«| , cache: { enabled: true }» });',
    /'cache' does not exist/,
  ],
  [
    "a number as the cache duration",
    'sm.lambdaStep("S", { functionArn: "f", cache: { enabled: true, expireAfter: «"P30D" | 30» } });',
    /'number' is not assignable to type 'string'/,
  ],
  [
    "a script and a source together",
    'sm.scriptProcessingStep("S", { ...base, script«| , source» });',
    /'source' are incompatible/,
  ],
  [
    "neither a script nor a source",
    'sm.scriptTrainingStep("S", { ...base, region: "r"«, script |» });',
    /'source' is missing/,
  ],
  [
    "a source folder without an entry point",
    `sm.scriptTrainingStep("S", {
      ...base, region: "r", source: { folder: new URL("./", import.meta.url)«, entryPoint: "a.py" |» },
    });`,
    /'entryPoint' is missing/,
  ],
  [
    "a model version with an image and containers",
    'sm.registerModelVersionStep("S", { ...version, image: "i", model: "m"«| , containers: []» });',
    /'containers' are incompatible/,
  ],
  [
    "a model version with an image and no model",
    'sm.registerModelVersionStep("S", { ...version, image: "i"«, model: "m" |» });',
    /'model' is missing/,
  ],
  [
    "a kind of metrics that the model registry does not have",
    'sm.registerModelVersionStep("S", { ...version, image: "i", model: "m", metrics: { «bias | fairness»: {} } });',
    /'fairness' does not exist in type 'ModelMetricSources'/,
  ],
  [
    "a model bias check without the model's name",
    'sm.clarifyCheckStep("S", { checkType: "MODEL_BIAS", arguments: job«, modelName: "m" |» });',
    /'modelName' is missing/,
  ],
  [
    "a data bias check with a model's name",
    'sm.clarifyCheckStep("S", { checkType: "DATA_BIAS", arguments: job«| , modelName: "m"» });',
    /'modelName' are incompatible/,
  ],
  [
    "the check type of a Clarify check in a quality check",
    'sm.qualityCheckStep("S", { checkType: «"DATA_QUALITY" | "DATA_BIAS"», arguments: job });',
    /'"DATA_BIAS"' is not assignable to type '"DATA_QUALITY" \| "MODEL_QUALITY"'/,
  ],
  [
    "a data set format that Model Monitor does not support",
    'sm.dataQualityCheckStep("S", { job: check, format: { «parquet | tsv»: {} } });',
    /'tsv' does not exist in type 'DatasetFormat'/,
  ],
  [
    "a monitored transform with a processing step as its check",
    `sm.monitoredTransform("S", {
      transform: { ...batch, ModelName: "m" },
      check: () => «sm.qualityCheckStep("C", { checkType: "DATA_QUALITY", arguments: job }) | produce»,
      when: "before",
    });`,
    /'"Processing"' is not assignable to type '"QualityCheck"'/,
  ],
  [
    "a condition step in the body of a ForEach step",
    'sm.forEachStep("S", { ...loop, body: () => ({ a: «ask | sm.conditionStep("C", { conditions: [] })» }) });',
    /in type 'ConditionStep' but required in type 'JobStep'/,
  ],
  [
    "a ForEach step in the body of another",
    'sm.forEachStep("S", { ...loop, body: () => ({ a: «ask | fan» }) });',
    /in type 'ForEachStep<.* but required in type 'JobStep'/,
  ],
  [
    "an expression as the maximum concurrency of a ForEach step",
    'sm.forEachStep("S", { ...loop, maxConcurrency: «1 | count», body: () => ({ ask }) });',
    /'Parameter<number>' is not assignable to type 'number'/,
  ],
  [
    "a selector with an unknown way to pick an iteration",
    `sm.forEachStep("S", {
      ...loop, body: () => ({ ask }), selector: { pick: «"MinBy" | "Min"», field: (body) => body.ask.outputs.score },
    });`,
    /'"Min"' is not assignable to type '"MaxBy" \| "MinBy"'/,
  ],
  [
    "a cleanup source without S3 URIs",
    'sm.cleanupStep("S", { sources: [«{ step: train } |»] });',
    /Source has 0 element\(s\)/,
  ],
  [
    "an assignment to a step's member",
    "«train.name; | train.name = 'T';»",
    /'name' because it is a read-only property/,
  ],
  [
    "an assignment to a step's output",
    "«produce.outputs.train; | produce.outputs.train = text;»",
    /'train' because it is a read-only property/,
  ],
  [
    "a step that is added to an existing pipeline",
    'sm.pipeline("P", { steps: [] }).steps.«concat | push»(train);',
    /'push' does not exist on type 'readonly Step\[\]'/,
  ],
  [
    "a Fail step in the body of a ForEach step",
    'sm.forEachStep("S", { ...loop, body: () => ({ a: «ask | stop» }) });',
    /'FailStep' is not assignable to type/,
  ],
  [
    "a data set with two formats",
    `sm.dataQualityCheckStep("S", {
      job: check, format: { csv: { header: true }« |, json: { lines: true }» },
    });`,
    /is not assignable to type 'DatasetFormat'/,
  ],
  [
    "a tuning job with both TrainingJobDefinition and TrainingJobDefinitions",
    `declare const tune: Omit<sm.TuningArguments, "TrainingJobDefinition" | "TrainingJobDefinitions">;
    declare const one: NonNullable<sm.TuningArguments["TrainingJobDefinition"]>;
    sm.tuningStep("S", { arguments: { ...tune, TrainingJobDefinition: one« |, TrainingJobDefinitions: [one]» } });`,
    /is not assignable to type 'TuningArguments'/,
  ],
  [
    "an AutoML mode that pipelines do not support",
    'sm.autoMLStep("S", { arguments: { ...search, AutoMLJobConfig: { Mode: «"ENSEMBLING" | "AUTO"» } } });',
    /'"AUTO"' is not assignable to type/,
  ],
];
