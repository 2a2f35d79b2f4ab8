import assert from "node:assert/strict";
import {
  conditionStep,
  equals,
  execution,
  failStep,
  forEachStep,
  join,
  jsonGet,
  lambdaStep,
  lineageStep,
  outcome,
  PipelineProblems,
  pipeline,
  processingStep,
  renderDefinition,
  type Step,
  stringParameter,
  trainingStep,
} from "#language";
import { currentItem } from "../../../language/expressions/current-item.ts";
import { readDefinition } from "../../../language/read/read-definition.ts";
import { job, processing, training, uses } from "./jobs.ts";
import { itFinds } from "./problems.ts";

const declared = stringParameter("Declared", { default: "x" });
const other = stringParameter("Other");
const first = job("First");

/** Reads a pipeline with these steps from JSON, because the compiler would reject them in TypeScript. */
const read = (...steps: readonly object[]) =>
  readDefinition(JSON.stringify({ Version: "2020-12-01", Metadata: {}, Parameters: [], Steps: steps }), { name: "P" });
const lambdaDocument = (Name: string, Arguments: object) => ({
  ...{
    Name,
    Type: "Lambda",
    Arguments,
    FunctionArn: "f",
    OutputParameters: [{ OutputName: "o", OutputType: "String" }],
  },
});

describe("checking references", () => {
  itFinds(
    "no problem in declared parameters and earlier steps",
    pipeline("P", { parameters: [declared], steps: [first, uses("Second", first.outputs.out)] }),
  );
  itFinds(
    "an undeclared parameter, with the path of its use",
    [failStep("F", { errorMessage: join("", ["a", other]) })],
    ["Steps.F.Arguments.ErrorMessage.Values[1]", /uses the parameter Other, .* declare; add it/],
  );
  itFinds(
    "a parameter whose type differs from the declared one",
    pipeline("P", {
      parameters: [declared],
      steps: [uses("L", { ...stringParameter("Declared"), type: "Integer" } as typeof declared)],
    }),
    ["Steps.L.Arguments.i0", /as a parameter of type Integer, which the pipeline declares as String/],
  );
  itFinds(
    "an undeclared parameter in the experiment",
    pipeline("P", { experiment: { experimentName: other, trialName: execution.id }, steps: [] }),
    ["PipelineExperimentConfig.ExperimentName", /parameter Other/],
  );
  itFinds(
    "an undeclared parameter in the MLflow configuration",
    pipeline("P", { mlflow: { resourceArn: "arn", experimentName: join("-", [other]) }, steps: [] }),
    ["MlflowConfig.MlflowExperimentName.Values[0]", /parameter Other/],
  );
  itFinds(
    "a step's output in the experiment",
    pipeline("P", { experiment: { experimentName: first.outputs.out, trialName: "t" }, steps: [first] }),
    ["PipelineExperimentConfig.ExperimentName", /the pipeline.s own settings cannot wait for a step/],
  );
  itFinds(
    "a reference to a step that is not in the pipeline",
    [job("Second", join("", [first.outputs.out]))],
    [
      "Steps.Second.Arguments.ProcessingInputs['in'].S3Input.S3Uri.Values[0]",
      /step First, which is not in the pipeline/,
    ],
  );
  itFinds(
    "a dependency on a step that is not in the pipeline",
    [failStep("F", { dependsOn: [outcome(first, "Failed")] })],
    ["Steps.F.DependsOn[0]", /depends on the step First, which is not in/],
  );
  itFinds(
    "a step that uses its own result",
    [job("A", job("A").outputs.out)],
    ["Steps.A.Arguments.ProcessingInputs['in'].S3Input.S3Uri", /the step's own result; only earlier steps have one/],
  );
  itFinds(
    "a property file that is used as a whole",
    [first, uses("L", first.propertyFiles.File)],
    ["Steps.L.Arguments.i0", /is a whole property file; read a value of it with jsonGet/],
  );
  itFinds(
    "a property file that its step does not declare",
    [processingStep("First", { arguments: processing }), uses("L", jsonGet(first.propertyFiles.File, "a"))],
    ["Steps.L.Arguments.i0", /property file File, which the step First does not declare; it has none/],
  );
  itFinds(
    "references to outputs, inputs and positions that a processing step does not have",
    [
      first,
      uses("A", first.properties.ProcessingOutputConfig.Outputs.at("other").S3Output.S3Uri),
      uses("B", first.properties.ProcessingOutputConfig.Outputs.at(1).S3Output.S3Uri),
      uses("C", first.properties.ProcessingInputs.at("other").S3Input.S3Uri),
    ],
    ["Steps.A.Arguments.i0", /to the step First and the output other, which the step does not have; it has out/],
    ["Steps.B.Arguments.i0", /the output at position 1, .* it has out/],
    ["Steps.C.Arguments.i0", /the input other, .* it has in/],
  );
  itFinds(
    "declared outputs and channels that are missing in the step's arguments",
    [
      processingStep("P", { arguments: processing, outputs: ["out", "more"] }),
      trainingStep("T", { arguments: training, channels: ["train"] }),
    ],
    ["Steps.P.Arguments.ProcessingOutputConfig.Outputs", /has no output "more", which the step declares; it has "out"/],
    ["Steps.T.Arguments.InputDataConfig", /has no channel "train", which the step declares; it has none/],
  );
  itFinds(
    "an output parameter that a Lambda step does not declare",
    read(lambdaDocument("L", {}), lambdaDocument("M", { i: { Get: "Steps.L.OutputParameters['p']" } })),
    ["Steps.M.Arguments.i", /the output parameter p, .* it has o/],
  );
  itFinds(
    "an entity that a lineage step does not create",
    (() => {
      const Actions = [{ ActionName: "a", ActionType: "t", Source: { SourceUri: "u" } }];
      const lineage = lineageStep("Lineage", { arguments: { Actions } });
      return [lineage, uses("L", lineage.properties.ActionArns.at("a"), lineage.properties.ArtifactArns.at("b"))];
    })(),
    ["Steps.L.Arguments.i1", /the artifact b, .* it has none/],
  );
  itFinds(
    "an unknown execution variable and an invalid Get",
    read(lambdaDocument("L", { a: { Get: "Execution.Colour" }, b: { Get: "Weather.Today" }, c: { Get: "Steps.L" } })),
    ["Steps.L.Arguments.a", /execution variable "Colour", which does not exist; use one of PipelineName, /],
    ["Steps.L.Arguments.b", /reads "Weather.Today"; a Get begins with Parameters\./],
    ["Steps.L.Arguments.c", /the step's own result/],
  );
  itFinds(
    "a step that is used as a whole",
    read(lambdaDocument("L", {}), lambdaDocument("M", { i: { Get: "Steps.L" } })),
    ["Steps.M.Arguments.i", /uses the step L as a whole; name one of its properties/],
  );

  describe("into branches", () => {
    const inner = job("Inner");
    const condition = (ifSteps: readonly Step[], elseSteps: readonly Step[] = []) =>
      conditionStep("C", { conditions: [equals(1, 1)], ifSteps, elseSteps });
    itFinds("no problem in a reference within a branch", [condition([inner, uses("L", inner.outputs.out)])]);
    itFinds("no problem in a reference from a branch to a step before the condition", [
      first,
      condition([uses("L", first.outputs.out)]),
    ]);
    itFinds(
      "a reference into the other branch",
      [condition([inner], [uses("L", inner.outputs.out)])],
      [
        "Steps.L.Arguments.i0",
        /step Inner, which is in the other branch of the condition step C; only one of the branches runs/,
      ],
    );
    itFinds(
      "a reference from outside into a branch",
      [condition([inner]), uses("L", inner.outputs.out)],
      ["Steps.L.Arguments.i0", /Inner, which runs only if the condition step C holds; move this step into that branch/],
    );
    itFinds(
      "a dependency of a nested step on a step of the other branch",
      [
        condition(
          [inner],
          [conditionStep("D", { conditions: [equals(1, 1)], elseSteps: [failStep("F", { dependsOn: [inner] })] })],
        ),
      ],
      ["Steps.F.DependsOn[0]", /depends on the step Inner, which is in the other branch of the condition step C/],
    );
  });

  describe("of ForEach steps", () => {
    const fan = forEachStep("Fan", {
      items: ["a"],
      maxConcurrency: 1,
      body: (item) => ({ work: lambdaStep("Work", { functionArn: "f", inputs: { item }, outputs: { o: "Float" } }) }),
    });
    itFinds("no problem in a reference to an iteration's output", [fan, uses("L", fan.iteration(0).work.outputs.o)]);
    itFinds(
      "a reference to a body step without an iteration",
      [fan, uses("L", lambdaStep("Work", { functionArn: "f", outputs: { o: "Float" } }).outputs.o)],
      ["Steps.L.Arguments.i0", /Work, which runs once for each item of the step Fan; use the results of one iteration/],
    );
    itFinds(
      "the current item outside of a ForEach body",
      [uses("L", currentItem())],
      ["Steps.L.Arguments.i0", /the current item, which exists only in the body of a ForEach step/],
    );
    itFinds(
      "an iteration without a position, an unknown body step, and a selection without a selector",
      (() => {
        const body = [lambdaDocument("Work", {})];
        const Arguments = { IterableItems: ["a"], MaxConcurrency: 1, ForEachBody: body };
        const gets = ["IterationOutputs.Work.x", "IterationOutputs[0].Other.x", "Selected.OutputParameters['o']"];
        return read(
          { Name: "Fan", Type: "ForEach", Arguments },
          lambdaDocument("L", Object.fromEntries(gets.map((path, i) => [`i${i}`, { Get: `Steps.Fan.${path}` }]))),
        );
      })(),
      ["Steps.L.Arguments.i0", /iterations without a position and a step of its body/],
      ["Steps.L.Arguments.i1", /the body step Other, which it does not have; it has Work/],
      ["Steps.L.Arguments.i2", /the selected iteration, but it has no selector/],
    );
  });

  describe("in cycles", () => {
    const circle = (...names: readonly string[]) =>
      names.map((name, index) => job(name, job(names[(index + 1) % names.length] ?? "").outputs.out));
    itFinds("a cycle of two steps", circle("A", "B"), ["Steps.A", /waits for itself through A <- B <- A; remove one/]);
    itFinds(
      "two cycles, and no problem in the steps that depend on them",
      [...circle("A", "B", "C"), ...circle("D", "E"), uses("L", job("A").outputs.out)],
      ["Steps.A", /A <- B <- C <- A/],
      ["Steps.D", /D <- E <- D/],
    );
    const inside = job("Inside");
    itFinds(
      "a condition step that waits for a step in its own branch",
      [conditionStep("C", { conditions: [equals(inside.outputs.out, "x")], ifSteps: [inside] })],
      ["Steps.C.Arguments.Conditions[0].LeftValue", /Inside, which runs only if the condition step C holds/],
      ["Steps.C", /waits for itself through C <- Inside <- C/],
    );
  });

  it("throws an error with all problems when an invalid pipeline is rendered", () => {
    const subject = pipeline("P", {
      parameters: [declared, stringParameter("Declared")],
      steps: [failStep("F", { errorMessage: other })],
    });
    assert.throws(
      () => renderDefinition(subject),
      (error) =>
        error instanceof PipelineProblems &&
        error.problems.length === 2 &&
        /^pipeline P has 2 problems:\n {2}Parameters\.Declared: .*\n {2}Steps\.F\.Arguments\.ErrorMessage: /.test(
          error.message,
        ),
    );
  });
});
