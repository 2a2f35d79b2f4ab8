import {
  conditionStep,
  equals,
  failStep,
  forEachStep,
  isIn,
  lambdaStep,
  modelStep,
  not,
  or,
  type RetryPolicyOptions,
  trainingStep,
} from "#language";
import { readDefinition } from "../../../language/read/read-definition.ts";
import { many, training } from "./jobs.ts";
import { itFinds } from "./problems.ts";

const always = equals(1, 1);
const read = (...steps: readonly object[]) =>
  readDefinition(JSON.stringify({ Version: "2020-12-01", Steps: steps }), { name: "P" });

describe("checking conditions", () => {
  itFinds("no problem in empty branches", [conditionStep("C", { conditions: [always] })]);
  itFinds(
    "conditions without values or inner conditions",
    [
      conditionStep("A", { conditions: [] }),
      conditionStep("B", { conditions: [not(isIn("a", [])), or(always, or())] }),
    ],
    ["Steps.A.Arguments.Conditions", /is empty; give at least one condition, or remove the step/],
    ["Steps.B.Arguments.Conditions[0].Condition.Values", /is empty; give at least one value/],
    ["Steps.B.Arguments.Conditions[1].Conditions[1].Conditions", /is empty; give at least one condition/],
  );
  itFinds(
    "more conditions and branch steps than the quotas",
    [
      conditionStep("C", {
        conditions: [...many(100, () => not(always)), always],
        ifSteps: many(21, (index) => failStep(`I${index}`)),
        elseSteps: many(21, (index) => failStep(`E${index}`)),
      }),
    ],
    ["Steps.C.Arguments.Conditions", /are 201; SageMaker accepts 200; .* quotas: \{ conditions/],
    ["Steps.C.Arguments.IfSteps", /are 21; SageMaker accepts 20/],
    ["Steps.C.Arguments.ElseSteps", /are 21; SageMaker accepts 20/],
  );
});

describe("checking ForEach steps", () => {
  const work = (name: string) => lambdaStep(name, { functionArn: "f", outputs: { score: "Float" } });
  const fan = (items: Parameters<typeof forEachStep>[1]["items"], maxConcurrency: number) =>
    forEachStep("Fan", { items, maxConcurrency, body: () => ({ work: work("Work") }) });
  itFinds("no problem in 100 items and 50 concurrent iterations", [fan(many(100, String), 50)]);
  itFinds(
    "too many items and too many concurrent iterations",
    [fan(many(101, String), 51)],
    ["Steps.Fan.Arguments.MaxConcurrency", /is 51; give a whole number from 1 to 50/],
    ["Steps.Fan.Arguments.IterableItems", /are 101; give 1 to 100, or an expression with a JSON list/],
  );
  itFinds(
    "an empty list of items, a constant text as items, and an empty body",
    [
      fan([], 1),
      forEachStep("Text", { items: "[1]", maxConcurrency: 1, body: () => ({ work: work("Other") }) }),
      forEachStep("Empty", { items: ["a"], maxConcurrency: 1, body: () => ({}) }),
    ],
    ["Steps.Fan.Arguments.IterableItems", /are 0/],
    ["Steps.Text.Arguments.IterableItems", /is "\[1\]"; give a list, or an expression/],
    ["Steps.Empty.Arguments.ForEachBody", /is empty/],
  );
  itFinds(
    "a Fail step in a body, and a step whose name is reserved for an iteration",
    read(
      {
        Name: "Fan",
        Type: "ForEach",
        Arguments: {
          ...{ IterableItems: ["a"], MaxConcurrency: 1 },
          ForEachBody: [
            { Name: "Work", Type: "Lambda", Arguments: {}, FunctionArn: "f" },
            { Name: "F", Type: "Fail", Arguments: { ErrorMessage: "" } },
          ],
        },
      },
      { Name: "Work-0", Type: "Fail", Arguments: { ErrorMessage: "" } },
    ),
    ["Steps.Fan.Arguments.ForEachBody", /has the Fail step F; a body cannot contain Condition, Fail or ForEach steps/],
    ["Steps.Work-0", /has the name that SageMaker gives an iteration of the step Work/],
  );
  itFinds(
    "a selector field that is not a value of a body step",
    read({
      Name: "Fan",
      Type: "ForEach",
      Arguments: {
        ...{ IterableItems: ["a"], MaxConcurrency: 1 },
        Selector: { Pick: "MaxBy", Field: { Get: "IterationOutput.Other.x" } },
        ForEachBody: [{ Name: "Work", Type: "Lambda", Arguments: {}, FunctionArn: "f" }],
      },
    }),
    ["Steps.Fan.Arguments.Selector.Field", /must be a value of a body step/],
  );
});

describe("checking caches and retries", () => {
  const step = (options: { expireAfter?: string; retry?: readonly RetryPolicyOptions[] }) =>
    trainingStep("T", {
      arguments: training,
      cache: { enabled: true, ...(options.expireAfter && { expireAfter: options.expireAfter }) },
      retry: options.retry,
    });
  for (const duration of ["P30D", "PT1H", "30d", "5y", "T16m", "30dT5h", "P1Y2M3DT4H5M6S"])
    itFinds(`no problem in the duration ${duration}`, [step({ expireAfter: duration })]);
  for (const duration of ["30 days", "P", "PT", "P0D", "1", "PT1D", "-P1D"])
    itFinds(
      `the invalid duration ${duration}`,
      [step({ expireAfter: duration })],
      [
        "Steps.T.CacheConfig.ExpireAfter",
        /which is not an ISO 8601 duration; write for example P30D \(30 days\) or PT12H/,
      ],
    );
  const exceptions: RetryPolicyOptions["exceptions"] = ["Step.THROTTLING"];
  itFinds("no problem in retry policies with the largest allowed values", [
    step({
      retry: [
        { exceptions, maxAttempts: 20, backoffRate: 0, intervalSeconds: 0 },
        { exceptions, expireAfterMinutes: 14_400 },
      ],
    }),
  ]);
  itFinds(
    "retry policies with values that are out of range",
    [
      step({
        retry: [
          { exceptions, maxAttempts: 21, backoffRate: -1, intervalSeconds: 1.5 },
          { exceptions, expireAfterMinutes: 14_401 },
          { exceptions, maxAttempts: 0 },
        ],
      }),
    ],
    ["Steps.T.RetryPolicies[0].MaxAttempts", /is 21; give a whole number from 1 to 20/],
    ["Steps.T.RetryPolicies[0].BackoffRate", /is -1; give a number of at least 0/],
    ["Steps.T.RetryPolicies[0].IntervalSeconds", /is 1\.5; give a whole number of at least 0/],
    ["Steps.T.RetryPolicies[1].ExpireAfterMin", /is 14401; give a whole number from 1 to 14400/],
    ["Steps.T.RetryPolicies[2].MaxAttempts", /is 0/],
  );
  itFinds(
    "retry policies with both or neither of the two ends, and with invalid exceptions",
    read({
      ...{ Name: "T", Type: "Training", Arguments: { OutputDataConfig: { S3OutputPath: "s3://b/o" } } },
      RetryPolicies: [
        { ExceptionType: ["Step.THROTTLING"], MaxAttempts: 1, ExpireAfterMin: 1 },
        { ExceptionType: ["Step.THROTTLING"] },
        { ExceptionType: [], MaxAttempts: 1 },
        { ExceptionType: ["SageMaker.BAD_LUCK"], MaxAttempts: 1 },
      ],
    }),
    ["Steps.T.RetryPolicies[0]", /has both MaxAttempts and ExpireAfterMin; give one of them/],
    ["Steps.T.RetryPolicies[1]", /has neither MaxAttempts nor ExpireAfterMin; give one of them/],
    ["Steps.T.RetryPolicies[2].ExceptionType", /is empty; name at least one of Step\.SERVICE_FAULT/],
    ["Steps.T.RetryPolicies[3].ExceptionType", /has "SageMaker.BAD_LUCK"; use one of/],
  );
  const model = modelStep("M", { arguments: {} });
  itFinds(
    "a cache and a retry policy on step types that do not support them",
    [
      { ...model, cache: { enabled: true } },
      { ...failStep("F"), retry: [{ exceptions, maxAttempts: 1 }] },
    ],
    ["Steps.M.CacheConfig", /SageMaker does not cache Model steps; leave it out/],
    ["Steps.F.RetryPolicies", /SageMaker does not support them for Fail steps; leave them out/],
  );
});
