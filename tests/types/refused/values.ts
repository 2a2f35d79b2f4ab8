import type { Refusal } from "./refusal.ts";

const integerAsString = /'Parameter<number>' is not assignable to type 'Parameter<string>'/;
const stringAsNumber = /'Parameter<string>' is not assignable to type 'Parameter<number>'/;
const stringAsBoolean = /'Parameter<string>' is not assignable to type 'Parameter<boolean>'/;

/** Mistakes in the types of values and expressions. */
export const values: readonly Refusal[] = [
  [
    "an Integer parameter as an error message",
    'sm.failStep("S", { errorMessage: «sm.join("", [count]) | count» });',
    integerAsString,
  ],
  [
    "an Integer parameter as an image",
    'sm.algorithmTrainingStep("S", { ...base, image: «text | count» });',
    integerAsString,
  ],
  [
    "an Integer parameter as an input",
    'sm.scriptProcessingStep("S", { ...base, script, inputs: { a: «text | count» } });',
    integerAsString,
  ],
  [
    "an Integer parameter as a channel",
    'sm.algorithmTrainingStep("S", { ...base, channels: { a: «text | count» } });',
    integerAsString,
  ],
  [
    "an Integer parameter among a script's arguments",
    'sm.scriptProcessingStep("S", { ...base, script, arguments: ["--rows", «sm.join("", [count]) | count»] });',
    integerAsString,
  ],
  [
    "an Integer parameter as an instance type",
    'sm.algorithmTrainingStep("S", { ...base, instances: { type: «text | count» } });',
    integerAsString,
  ],
  [
    "an Integer parameter as a role in the arguments",
    'sm.processingStep("S", { arguments: { ...job, RoleArn: «text | count» } });',
    integerAsString,
  ],
  [
    "an Integer parameter in a nested structure of the arguments",
    'sm.processingStep("S", { arguments: { ...job, AppSpecification: { ImageUri: «text | count» } } });',
    integerAsString,
  ],
  [
    "an Integer parameter in a map of the arguments",
    'sm.processingStep("S", { arguments: { ...job, Environment: { ROWS: «sm.join("", [count]) | count» } } });',
    integerAsString,
  ],
  [
    "a plain number where the API expects a string",
    'sm.trainingStep("S", { arguments: { ...({} as sm.TrainingArguments), HyperParameters: { a: «"1" | 1» } } });',
    /'number' is not assignable to type 'string \| Expression<string>'/,
  ],
  [
    "an Integer parameter as the items of a ForEach step",
    'sm.forEachStep("S", { ...loop, items: «text | count», body: () => ({ ask }) });',
    integerAsString,
  ],
  [
    "an Integer parameter as an experiment's name",
    'sm.pipeline("P", { steps: [], experiment: { experimentName: «text | count», trialName: "t" } });',
    integerAsString,
  ],
  ["an Integer parameter as the URI of a JSON file", 'sm.jsonGet(«text | count», "a");', integerAsString],
  [
    "a String parameter as an instance count",
    'sm.algorithmTrainingStep("S", { ...base, instances: { ...instances, count: «count | text» } });',
    stringAsNumber,
  ],
  [
    "a String parameter as an instance count in the arguments",
    `sm.processingStep("S", {
      arguments: { ...job, ProcessingResources: { ClusterConfig: { ...cluster, InstanceCount: «count | text» } } },
    });`,
    stringAsNumber,
  ],
  [
    "a String parameter as a time limit",
    'sm.scriptProcessingStep("S", { ...base, script, maxRuntimeInSeconds: «count | text» });',
    stringAsNumber,
  ],
  [
    "a String parameter as a Boolean option",
    'sm.qualityCheckStep("S", { checkType: "DATA_QUALITY", arguments: job, skipCheck: «flag | text» });',
    stringAsBoolean,
  ],
  [
    "a String parameter as a Boolean in the arguments",
    `sm.processingStep("S", {
      arguments: { ...job, NetworkConfig: { EnableNetworkIsolation: «flag | text» } },
    });`,
    stringAsBoolean,
  ],
  [
    "a numeric output of a Lambda function as a string",
    'sm.failStep("S", { errorMessage: ask.outputs.«status | score» });',
    /'Property<number>' is not assignable to type 'Property<string>'/,
  ],
  [
    "a string output of a Lambda function as a number",
    "sm.lessThan(ask.outputs.«score | status», 1);",
    /'Property<string>' is not assignable to type 'Property<number>'/,
  ],
  [
    "a numeric output of an iteration as a string",
    'sm.failStep("S", { errorMessage: fan.iteration(0).ask.outputs.«status | score» });',
    /'Property<number>' is not assignable to type 'Property<string>'/,
  ],
  [
    "a numeric member of the current item as a string",
    `sm.forEachStep("S", {
      ...loop,
      body: (item: sm.CurrentItem<{ name: string; size: number }>) =>
        ({ a: sm.lambdaStep("A", { functionArn: item.«name | size» }) }),
    });`,
    /'CurrentItemPath<number>' is not assignable to type 'CurrentItemPath<string>'/,
  ],
  [
    "a selector that compares strings",
    `sm.forEachStep("S", {
      ...loop, body: () => ({ ask }), selector: { pick: "MaxBy", field: (body) => body.ask.outputs.«score | status» },
    });`,
    /'Property<string>' is not assignable to type 'Property<number>'/,
  ],
  [
    "a numeric value of a JSON file as a string",
    `const read = sm.jsonGet<«string | number»>(produce.propertyFiles.Report, "a");
    sm.failStep("S", { errorMessage: read });`,
    /'JsonGet<number>' is not assignable to type 'JsonGet<string>'/,
  ],
  [
    "a property file as a string",
    `const { Report } = produce.propertyFiles;
    sm.failStep("S", { errorMessage: «sm.jsonGet<string>(Report, "a") | Report» });`,
    /'PropertyFile' is not assignable to type 'Value<string> \| undefined'/,
  ],
  [
    "a property file in a join",
    `const { Report } = produce.propertyFiles;
    sm.join(" ", [«sm.jsonGet(Report, "a") | Report»]);`,
    /'PropertyFile' is not assignable to type 'Value<Primitive>'/,
  ],
  [
    "a structure of properties as a string",
    'sm.failStep("S", { errorMessage: train.properties.ModelArtifacts«.S3ModelArtifacts |» });',
    /'Properties<ModelArtifacts>' is not assignable to type 'Property<string>'/,
  ],
  [
    "a list of properties as a string",
    'sm.failStep("S", { errorMessage: produce.properties.ProcessingInputs«.at(0).InputName |» });',
    /'Properties<ProcessingInput\[\]>' is not assignable to type 'Property<string>'/,
  ],
  [
    "a step as a string",
    'sm.failStep("S", { errorMessage: train«.properties.TrainingJobArn |» });',
    /'TrainingStep<"train">' is not assignable to type 'Value<string> \| undefined'/,
  ],
  [
    "a path as a string instead of a URL",
    'sm.scriptProcessingStep("S", { ...base, script: «script | "a.py"» });',
    /'string' is not assignable to type 'URL'/,
  ],
  [
    "a tuned model of a training step",
    'sm.tunedModelUri(«{} as ReturnType<typeof sm.tuningStep> | train», 0, { bucket: "b" });',
    /'"Training"' is not assignable to type '"Tuning"'/,
  ],
  [
    "an expression as the name of a step",
    'sm.failStep(«"S" | text»);',
    /'Parameter<string>' is not assignable to parameter of type 'string'/,
  ],
  [
    "a String parameter in a greater-than or less-than condition",
    "sm.lessThanOrEqualTo(«count | text», 1);",
    /'Parameter<string>' is not assignable to parameter of type 'Value<number>'/,
  ],
  ["an equality condition of a number and a string", 'sm.equals(count, «1 | "1"»);', /No overload matches this call/],
  [
    "an equality condition of a String and an Integer parameter",
    "sm.equals(text, «text | count»);",
    /No overload matches this call/,
  ],
  ["an isIn condition of a string and numbers", 'sm.isIn(text, [«"1" | 1»]);', /No overload matches this call/],
  [
    "a Boolean parameter as a condition",
    'sm.conditionStep("S", { conditions: [«sm.equals(flag, true) | flag»] });',
    /'Parameter<boolean>' is not assignable to type 'Condition'/,
  ],
  [
    "a default value that does not have the parameter's type",
    'sm.integerParameter("I", { default: «1 | "1"» });',
    /'string' is not assignable to type 'number/,
  ],
  [
    "a string as the default of a Boolean parameter",
    'sm.booleanParameter("B", { default: «true | "true"» });',
    /'string' is not assignable to type 'boolean/,
  ],
  [
    "a default value that is not in the enumeration",
    'sm.stringParameter("S", { enum: ["a", "b"], default: «"a" | "c"» });',
    /'"c"' is not assignable to type '"a" \| "b"/,
  ],
  [
    "an enumeration for a Float parameter",
    'sm.floatParameter("F", { «default: 1 | enum: [1]» });',
    /'enum' does not exist/,
  ],
  [
    "undefined as a default value",
    'sm.stringParameter("S", { default: «"" | undefined» });',
    /'undefined' is not assignable to type 'string'/,
  ],
  [
    "a selector field that is not a value of the body",
    `sm.forEachStep("S", {
      ...loop, body: () => ({ ask }), selector: { pick: "MaxBy", field: () => «ask.outputs.score | count» },
    });`,
    /'Parameter<number>' is missing the following properties from type 'Property<number>'/,
  ],
  [
    "a value of a JSON file without a declared type as a string",
    'sm.failStep("S", { errorMessage: «sm.jsonGet<string> | sm.jsonGet»(produce.propertyFiles.Report, "a") });',
    /'JsonGet<number>' is not assignable to type 'JsonGet<string>'/,
  ],
];
