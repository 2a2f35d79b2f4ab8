import assert from "node:assert/strict";
import type { Filter, SearchExpression } from "@aws-sdk/client-sagemaker";
import { checkExpression, satisfies } from "../../../local/api/search-expression.ts";

const job = {
  TrainingJobName: "rings-1",
  CreationTime: Date.parse("2026-03-01T12:00:00Z") / 1000,
  HyperParameters: { eta: "0.25", num_round: "5.9", "a.b": "x" },
  Metrics: { "validation:rmse": 2.5 },
  Tags: { team: "sea" },
  InputDataConfig: [
    { ChannelName: "train", DataSource: { S3DataSource: { S3Uri: "s3://b/train" } } },
    { ChannelName: "test", DataSource: { S3DataSource: { S3Uri: "s3://b/other" } } },
  ],
};

const one = (Name: string, Operator?: string, Value?: string): SearchExpression => ({
  Filters: [{ Name, Operator, Value } as Filter],
});
const nested = (name: string, uri: string): SearchExpression => ({
  NestedFilters: [
    {
      NestedPropertyName: "InputDataConfig",
      Filters: [
        { Name: "InputDataConfig.ChannelName", Operator: "Equals", Value: name },
        { Name: "InputDataConfig.DataSource.S3DataSource.S3Uri", Operator: "Contains", Value: uri },
      ],
    },
  ],
});

describe("a search expression", () => {
  const yes: readonly SearchExpression[] = [
    one("TrainingJobName", undefined, "rings-1"),
    one("TrainingJobName", "NotEquals", "rings-2"),
    one("TrainingJobName", "Contains", "ings"),
    one("TrainingJobName", "In", "other, rings-1"),
    one("FailureReason", "NotExists"),
    one("CreationTime", "GreaterThan", "2026-03-01T11:59:59"),
    one("CreationTime", "LessThanOrEqualTo", "2026-03-01T13:00:00+01:00"),
    one("HyperParameters.eta", "LessThan", "0.5"),
    one("HyperParameters.num_round", "Equals", "5"),
    one("HyperParameters.a.b", "Exists"),
    one("Metrics.validation:rmse", "GreaterThanOrEqualTo", "2.5"),
    one("Tags.team", "Equals", "sea"),
    one("InputDataConfig.ChannelName", "Equals", "test"),
    nested("train", "b/train"),
    { Operator: "Or", SubExpressions: [one("A", "Exists"), nested("test", "other")] },
  ];
  const no: readonly SearchExpression[] = [
    one("TrainingJobName", "NotEquals", "rings-1"),
    one("Missing", "Exists"),
    one("Missing", "GreaterThan", "1"),
    one("CreationTime", "GreaterThan", "2026-03-01T12:00:00"),
    one("HyperParameters.eta", "GreaterThan", "0.25"),
    one("Tags.team", "Equals", "land"),
    // No single channel satisfies both filters.
    nested("train", "other"),
    { Operator: "And", SubExpressions: [one("A", "Exists"), nested("test", "other")] },
  ];
  for (const expression of yes)
    it(`finds a job by ${JSON.stringify(expression)}`, () => assert.equal(satisfies(job, expression), true));
  for (const expression of no)
    it(`finds no job by ${JSON.stringify(expression)}`, () => assert.equal(satisfies(job, expression), false));

  it("rejects an order of texts, a filter without a value, no condition, and a second Contains", () => {
    assert.throws(
      () => satisfies(job, one("TrainingJobName", "LessThan", "z")),
      /LessThan is not supported for the text/,
    );
    assert.throws(() => satisfies(job, one("TrainingJobName", "Equals")), /no Value: give one$/);
    assert.throws(() => checkExpression({ SubExpressions: [{}] }), /needs at least one filter/);
    const contains = one("TrainingJobName", "Contains", "a");
    assert.throws(() => checkExpression({ SubExpressions: [contains, contains] }), /usage limit of 1 exceeded/);
  });
});
