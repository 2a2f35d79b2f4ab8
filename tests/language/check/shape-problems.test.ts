import assert from "node:assert/strict";
import {
  booleanParameter,
  callbackStep,
  definitionText,
  emrStep,
  endpointStep,
  execution,
  failStep,
  floatParameter,
  integerParameter,
  join,
  jsonGet,
  lambdaStep,
  pipeline,
  renderDefinition,
  type Step,
  stringParameter,
  transformStep,
} from "#language";
import { readDefinition } from "../../../language/read/read-definition.ts";
import { processingWith, training, trainingWith } from "./jobs.ts";
import { itFinds } from "./problems.ts";

// biome-ignore lint/suspicious/noExplicitAny: arguments as a JavaScript caller without types could write them
type Any = any;

const cluster = training.ResourceConfig as Any;
const parameters = [
  stringParameter("Text"),
  integerParameter("Count"),
  floatParameter("Rate"),
  booleanParameter("Flag"),
];
const [text, count, rate, flag] = parameters as Any;
const withParameters = (...steps: readonly Step[]) => pipeline("P", { parameters, steps });

describe("checking arguments by SageMaker's model", () => {
  itFinds(
    "a misspelt member",
    [trainingWith({ Enviroment: {} } as Any)],
    [
      "Steps.T.Arguments.Enviroment",
      /^Unknown Argument member 'Enviroment'; did you mean Environment\? \(AWS's model of \d{4}-\d\d-\d\d: npm run generate-service-model renews it, allow: \["Enviroment"\] or --allow Enviroment accepts it\)$/,
    ],
  );
  itFinds(
    "members inside of lists, named by the item",
    [
      processingWith({
        ProcessingInputs: [{ InputName: "in", S3Input: { S3Uri: "s3://b/k", S3DataType: "S3Prefix", Colour: 1 } }],
      } as Any),
    ],
    ["Steps.P.Arguments.ProcessingInputs['in'].S3Input.Colour", /^Unknown Argument member 'Colour'; there are /],
  );
  itFinds(
    "a member that is missing",
    [trainingWith({ OutputDataConfig: undefined } as Any)],
    ["Steps.T.Arguments.OutputDataConfig", /^is missing; SageMaker requires it$/],
  );
  itFinds("no problem in a job without a role of its own", [trainingWith({ RoleArn: undefined } as Any)]);
  itFinds(
    "values of another JSON type",
    [trainingWith({ ResourceConfig: { ...cluster, InstanceCount: "1" }, HyperParameters: ["a"], Tags: {} } as Any)],
    ["Steps.T.Arguments.ResourceConfig.InstanceCount", /^is "1"; SageMaker expects a whole number here$/],
    ["Steps.T.Arguments.HyperParameters", /^is \["a"\]; SageMaker expects an object here$/],
    ["Steps.T.Arguments.Tags", /^is \{\}; SageMaker expects a list here$/],
  );
  itFinds(
    "a value that is not in the enumeration, unless it is allowed",
    [trainingWith({ ResourceConfig: { ...cluster, InstanceType: "ml.p99.large" } } as Any)],
    ["Steps.T.Arguments.ResourceConfig.InstanceType", /^is "ml.p99.large"; .*--allow ml.p99.large accepts it\)$/],
  );
  itFinds(
    "no problem in a new instance type and a new member that the pipeline allows",
    pipeline("P", {
      allow: ["ml.p99.large", "Novelty"],
      steps: [trainingWith({ ResourceConfig: { ...cluster, InstanceType: "ml.p99.large" }, Novelty: 1 } as Any)],
    }),
  );
  itFinds(
    "mistakes in steps that do not run locally",
    [
      endpointStep("E", { arguments: { EndpointName: "a_b", EndpointConfigName: "c" } }),
      emrStep("J", { arguments: { ClusterId: "j-1", StepConfig: { HadoopJarStep: { Jarr: "x" } } } as Any }),
    ],
    ["Steps.E.Arguments.EndpointName", /^is "a_b", which does not match SageMaker's pattern/],
    ["Steps.J.Arguments.StepConfig.HadoopJarStep.Jarr", /did you mean Jar\?/],
    ["Steps.J.Arguments.StepConfig.HadoopJarStep.Jar", /^is missing/],
  );
  itFinds(
    "an object key that was an expression",
    [trainingWith({ Environment: { [String({})]: "x" } })],
    ["Steps.T.Arguments.Environment.[object Object]", /^is a key that was an object; keys are plain strings$/],
  );
});

describe("checking the types of expressions", () => {
  const place = (values: Any) => withParameters(trainingWith(values));
  const cannot = (given: string, type: string) =>
    new RegExp(`^cannot assign property reference \\[.*\\] of type ${given} to argument of type \\[${type}\\]$`);
  const environment = (value: Any) => place({ Environment: { A: value } });
  itFinds("a number in place of a string", environment(count), [
    "Steps.T.Arguments.Environment.A",
    cannot("Integer", "String"),
  ]);
  itFinds("a boolean in place of a string", environment(flag), [
    "Steps.T.Arguments.Environment.A",
    cannot("Boolean", "String"),
  ]);
  itFinds(
    "no problem in a parameter, a Join and an execution variable in place of a string",
    withParameters(trainingWith({ Environment: { A: text, B: join("-", [count, "x"]), C: execution.id } })),
  );
  const machines = (InstanceCount: Any) => place({ ResourceConfig: { ...cluster, InstanceCount } });
  const at = "Steps.T.Arguments.ResourceConfig.InstanceCount";
  itFinds("a string in place of a number", machines(text), [at, cannot("String", "Integer")]);
  itFinds("a Float parameter in place of a whole number", machines(rate), [at, cannot("Float", "Integer")]);
  itFinds("a Join in place of a number", machines(join("", ["1"])), [at, cannot("String", "Integer")]);
  itFinds("no problem in an Integer parameter in place of a whole number", machines(count));
  itFinds(
    "a string in place of a list",
    withParameters(
      processingWith({ NetworkConfig: { VpcConfig: { Subnets: text, SecurityGroupIds: ["sg-1"] } } } as Any),
    ),
    ["Steps.P.Arguments.NetworkConfig.VpcConfig.Subnets", cannot("String", "List")],
  );
  itFinds(
    "no problem in a value of a JSON file, whose type is not known",
    withParameters(
      processingWith({}),
      trainingWith({ ResourceConfig: { ...cluster, InstanceCount: jsonGet("s3://b/f.json", "n") } } as Any),
    ),
  );
  itFinds(
    "no problem where any type is allowed",
    withParameters(
      lambdaStep("L", { functionArn: "f", inputs: { a: text, b: count, c: flag } }),
      callbackStep("C", { sqsQueueUrl: "q", inputs: { a: rate } } as Any),
      failStep("F", { errorMessage: count }),
    ),
  );
});

describe("checking property paths", () => {
  const read = (path: string, ...steps: readonly Any[]) =>
    readDefinition(
      JSON.stringify({
        Version: "2020-12-01",
        Steps: [
          ...steps.map(({ name, type, arguments: request }) => ({ Name: name, Type: type, Arguments: request })),
          { Name: "F", Type: "Fail", Arguments: { ErrorMessage: { Get: path } } },
        ],
      }),
      { name: "P" },
    );
  const train = trainingWith({});
  itFinds("a misspelt property", read("Steps.T.ModelArtifacts.S3ModelArtifact", train), [
    "Steps.F.Arguments.ErrorMessage",
    /^refers to the step T and its property S3ModelArtifact; did you mean S3ModelArtifacts\?$/,
  ]);
  itFinds("a path that continues below a string", read("Steps.T.TrainingJobName.Length", train), [
    "Steps.F.Arguments.ErrorMessage",
    /has no members/,
  ]);
  itFinds("no problem in a path of the Describe response", read("Steps.T.FinalMetricDataList[0].Value", train));
  itFinds(
    "no problem in an output that is selected by its name",
    read("Steps.P.ProcessingOutputConfig.Outputs['out'].S3Output.S3Uri", processingWith({})),
  );
  const transform = transformStep("X", {
    arguments: {
      ModelName: "m",
      TransformInput: { DataSource: { S3DataSource: { S3DataType: "S3Prefix", S3Uri: "s3://b/i" } } },
      TransformOutput: { S3OutputPath: "s3://b/o" },
      TransformResources: { InstanceType: "ml.m5.large", InstanceCount: 1 },
    },
  });
  itFinds("a property that only another kind of job has", read("Steps.X.ModelArtifacts.S3ModelArtifacts", transform), [
    "Steps.F.Arguments.ErrorMessage",
    /^refers to the step X and its property ModelArtifacts; there are /,
  ]);
});

describe("checking rules that SageMaker's model does not contain", () => {
  const empty = stringParameter("Empty", { default: "" });
  itFinds(
    "an empty string among the arguments of a container, also as the default of a parameter",
    pipeline("P", {
      parameters: [empty],
      steps: [processingWith({ AppSpecification: { ImageUri: "i", ContainerArguments: ["", empty] } })],
    }),
    ["Steps.P.Arguments.AppSpecification.ContainerArguments[0]", /^is an empty string, which SageMaker rejects/],
    [
      "Steps.P.Arguments.AppSpecification.ContainerArguments[1]",
      /^is the parameter Empty, whose default is an empty string/,
    ],
  );
  const output = (OutputName: string) =>
    ({
      OutputName,
      S3Output: { S3Uri: "s3://b/o", LocalPath: "/opt/ml/processing/out", S3UploadMode: "EndOfJob" },
    }) as const;
  itFinds(
    "two outputs with the same local path",
    [processingWith({ ProcessingOutputConfig: { Outputs: [output("a"), output("b")] } })],
    [
      "Steps.P.Arguments.ProcessingOutputConfig.Outputs['b'].S3Output.LocalPath",
      /^is "\/opt\/ml\/processing\/out", as that of the output a; give each output its own$/,
    ],
  );
});

describe("definitions in other forms", () => {
  const definition = (change: object) => JSON.stringify({ Version: "2020-12-01", ...change });
  const fail = { Name: "F", Type: "Fail", Arguments: { ErrorMessage: "m" } };

  it("are accepted with a parameter that has no type, which is a String", () => {
    const made = readDefinition(definition({ Parameters: [{ Name: "A" }], Steps: [fail] }), { name: "P" });
    assert.equal(made.parameters[0]?.type, "String");
  });

  itFinds(
    "no problem in Lambda and Callback steps without arguments",
    readDefinition(
      definition({
        Steps: [
          { Name: "L", Type: "Lambda", FunctionArn: "f" },
          { Name: "C", Type: "Callback", SqsQueueUrl: "q" },
        ],
      }),
      { name: "P" },
    ),
  );

  it("are accepted as DescribePipeline answers them", () => {
    const inner = definitionText(renderDefinition(pipeline("P", { steps: [failStep("F", { errorMessage: "m" })] })));
    const described = JSON.stringify({ PipelineName: "P", PipelineDefinition: inner, PipelineStatus: "Active" });
    assert.equal(definitionText(renderDefinition(readDefinition(described, { name: "P" }))), inner);
  });
});
