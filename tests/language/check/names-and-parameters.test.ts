import { booleanParameter, failStep, floatParameter, integerParameter, pipeline, stringParameter } from "#language";
import { many } from "./jobs.ts";
import { itFinds } from "./problems.ts";

const fail = (name: string) => failStep(name);
const withParameters = (...parameters: Parameters<typeof pipeline>[1]["parameters"] & object) =>
  pipeline("P", { parameters, steps: [] });

describe("checking names", () => {
  itFinds("no problem in the longest names and the largest number of steps", [
    failStep("x".repeat(64), { description: "x".repeat(3072) }),
    ...many(49, (index) => fail(`Step_-${index}`)),
  ]);
  itFinds(
    "several steps with the same name",
    [fail("A"), fail("A"), fail("A")],
    ["Steps.A", /used 3 times; give each/],
  );
  itFinds(
    "names that contain invalid characters or are too long",
    [fail("Train Model"), fail(""), fail("é"), fail("x".repeat(65))],
    ["Steps.Train Model", /"Train Model" has characters other than letters, digits, - and _; rename it/],
    ["Steps.", /""/],
    ["Steps.é", /characters other than/],
    [`Steps.${"x".repeat(65)}`, /has 65 characters; SageMaker accepts 64/],
  );
  itFinds(
    "a description that is too long",
    [failStep("A", { description: "x".repeat(3073) })],
    ["Steps.A.Description", /has 3073 characters; SageMaker accepts 3072/],
  );
  itFinds(
    "more steps than the quota",
    many(51, (index) => fail(`S${index}`)),
    ["Steps", /are 51; SageMaker accepts 50; divide the pipeline, or if AWS has raised .* quotas: \{ steps: \.\.\. \}/],
  );
  itFinds(
    "no problem in more steps than the default if the quota is raised",
    pipeline("P", { steps: many(51, (i) => fail(`S${i}`)), quotas: { steps: 51 } }),
  );
  itFinds(
    "mistakes in the name, display name, description and parallelism of the pipeline",
    pipeline("my_pipeline", {
      ...{ displayName: "-x", description: "x".repeat(3073), maxParallelExecutionSteps: 0 },
      steps: [],
    }),
    ["the pipeline's name", /is "my_pipeline"; use letters, digits and -/],
    ["the pipeline's display name", /is "-x"/],
    ["the pipeline's description", /has 3073 characters/],
    ["the pipeline's maxParallelExecutionSteps", /is 0; give a whole number of at least 1/],
  );
  itFinds("a pipeline's name that is too long", pipeline("x".repeat(257), { steps: [] }), [
    "the pipeline's name",
    /has 257 characters; SageMaker accepts 256/,
  ]);
});

describe("checking parameters", () => {
  itFinds(
    "no problem in valid parameters",
    withParameters(
      stringParameter("S", { default: "x".repeat(2048) }),
      stringParameter("E", { default: "a", enum: ["a", "b"] }),
      stringParameter("Empty", { default: "" }),
      integerParameter("I", { default: 2n ** 70n }),
      floatParameter("F", { default: 1e22 }),
      booleanParameter("B", { default: false }),
      stringParameter("Required"),
    ),
  );
  itFinds("two parameters with the same name", withParameters(stringParameter("A"), integerParameter("A")), [
    "Parameters.A",
    /used 2 times/,
  ]);
  itFinds(
    "more parameters than SageMaker accepts",
    withParameters(...many(201, (index) => stringParameter(`P${index}`))),
    ["Parameters", /are 201; SageMaker accepts 200/],
  );
  itFinds(
    "parameter names that are invalid or too long",
    withParameters(stringParameter("a.b"), stringParameter("x".repeat(65))),
    ["Parameters.a.b", /characters other than/],
    [`Parameters.${"x".repeat(65)}`, /has 65 characters/],
  );
  itFinds(
    "default values that do not have the parameter's type",
    withParameters(
      integerParameter("I", { default: 1.5 }),
      integerParameter("N", { default: Number.NaN }),
      floatParameter("F", { default: Number.POSITIVE_INFINITY }),
    ),
    ["Parameters.I.DefaultValue", /is 1\.5, which is not of type Integer; correct it, or leave the default out/],
    ["Parameters.N.DefaultValue", /is NaN, which is not of type Integer/],
    ["Parameters.F.DefaultValue", /is Infinity, which is not of type Float/],
  );
  itFinds(
    "default values that are not in the enumeration or are too long",
    withParameters(
      stringParameter("E", { default: "c", enum: ["a", "b"] as string[] }),
      stringParameter("L", { default: "x".repeat(2049) }),
    ),
    ["Parameters.E.DefaultValue", /is "c", which is not one of "a", "b"/],
    ["Parameters.L.DefaultValue", /has 2049 characters; SageMaker accepts 2048/],
  );
  itFinds(
    "enumerations that are empty, too long or contain a value twice",
    withParameters(
      stringParameter("A", { enum: [] }),
      stringParameter("B", { enum: many(17, String) }),
      stringParameter("C", { enum: ["a", "a"] }),
    ),
    ["Parameters.A.EnumValues", /are empty/],
    ["Parameters.B.EnumValues", /are 17; SageMaker accepts 16/],
    ["Parameters.C.EnumValues.a", /used 2 times/],
  );
});
