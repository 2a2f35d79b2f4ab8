import type { Refusal } from "./refusal.ts";

/** Mistakes in the names of outputs, channels, steps and properties. */
export const names: readonly Refusal[] = [
  ["an output that does not exist", "produce.outputs.«train | test»;", /'test' does not exist/],
  [
    "an output of a step that declares none",
    'sm.scriptProcessingStep("S", { ...base, script, «outputs: ["a"] |» }).outputs.a;',
    /'a' does not exist on type 'Readonly<Record<never/,
  ],
  ["a property file that does not exist", "produce.propertyFiles.«Report | Other»;", /'Other' does not exist/],
  [
    "a property file in an output that does not exist",
    `sm.scriptProcessingStep("S", {
      ...base, script, outputs: ["a"], propertyFiles: { F: { output: «"a" | "b"», path: "f" } },
    });`,
    /'"b"' is not assignable to type '"a"'/,
  ],
  [
    "a property file in an output that the step does not declare",
    `sm.processingStep("S", {
      arguments: job, outputs: ["a"], propertyFiles: { F: { output: «"a" | "b"», path: "f" } },
    });`,
    /'"b"' is not assignable to type '"a"'/,
  ],
  ["a channel that does not exist", "train.channels.«train | validation»;", /'validation' does not exist/],
  [
    "a channel that the step does not declare",
    'sm.trainingStep("S", { arguments: {} as sm.TrainingArguments, channels: ["a"] }).channels.«a | b»;',
    /'b' does not exist/,
  ],
  ["a step that does not exist", 'sm.pipeline("P", { steps: [«train | evaluate»] });', /Cannot find name 'evaluate'/],
  [
    "the name of a step instead of the step",
    'sm.failStep("S", { dependsOn: [«train | "Train"»] });',
    /'string' is not assignable to type 'Dependency \| Step'/,
  ],
  [
    "the name of a parameter instead of the parameter",
    'sm.pipeline("P", { steps: [], parameters: [«text | "Text"»] });',
    /'string' is not assignable to type 'Parameter<unknown>'/,
  ],
  [
    "a property that the Describe response does not have",
    "«train | produce».properties.ModelArtifacts;",
    /'ModelArtifacts' does not exist on type 'Properties<DescribeProcessingJobResponse>'/,
  ],
  [
    "a misspelled property in a nested structure",
    "train.properties.ModelArtifacts.«S3ModelArtifacts | S3ModelArtefacts»;",
    /'S3ModelArtefacts' does not exist on type 'Properties<ModelArtifacts>'/,
  ],
  [
    "an index in brackets instead of at()",
    "produce.properties.ProcessingInputs«.at(0) | [0]».InputName;",
    /'0' can't be used to index/,
  ],
  ["properties of a step without any", "«train | stop».properties;", /'properties' does not exist on type 'FailStep'/],
  [
    "statistics as a property of a Clarify check",
    `const drift = sm.«qualityCheckStep("S", { checkType: "DATA_QUALITY", |
      clarifyCheckStep("S", { checkType: "DATA_BIAS",» arguments: job });
    drift.properties.CalculatedBaselineStatistics;`,
    /'CalculatedBaselineStatistics' does not exist on type 'Properties<ClarifyCheckDescription>'/,
  ],
  ["a Lambda output that does not exist", "ask.outputs.«status | state»;", /'state' does not exist/],
  ["a Callback output that does not exist", "wait.outputs.«answer | reply»;", /'reply' does not exist/],
  ["a ForEach body step that does not exist", "fan.iteration(0).«ask | tell»;", /'tell' does not exist/],
  [
    "an output that a ForEach body step does not have",
    "fan.iteration(0).ask.outputs.«score | size»;",
    /'size' does not exist/,
  ],
  [
    "an output that the selected iteration does not have",
    "fan.selected.outputs.«score | size»;",
    /'size' does not exist/,
  ],
  ["a count that ForEach does not have", "fan.properties.«InputItemCount | ItemCount»;", /'ItemCount' does not exist/],
  [
    "a selector with a body step that does not exist",
    `sm.forEachStep("S", {
      ...loop, body: () => ({ ask }), selector: { pick: "MaxBy", field: (body) => body.«ask | tell».outputs.score },
    });`,
    /'tell' does not exist/,
  ],
  [
    "a member that the current item does not have",
    `sm.forEachStep("S", {
      ...loop,
      body: (item: sm.CurrentItem<{ name: string }>) =>
        ({ a: sm.lambdaStep("A", { functionArn: item.«name | size» }) }),
    });`,
    /'size' does not exist on type 'CurrentItem</,
  ],
  [
    "an execution variable that does not exist",
    "sm.execution.«pipelineName | trialName»;",
    /'trialName' does not exist/,
  ],
  [
    "a quota that does not exist",
    'sm.pipeline("P", { steps: [], quotas: { «steps | step»: 100 } });',
    /'step' does not exist in type 'Partial<{ steps: number/,
  ],
  [
    "a trigger that does not exist",
    'sm.outcome(train, «"Failed" | "Succeeded"»);',
    /'"Succeeded"' is not assignable to parameter of type 'Trigger'/,
  ],
];
