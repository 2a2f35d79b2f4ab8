import assert from "node:assert/strict";
import { retryDelay, retryException } from "../../../local/engine/retry-policy.ts";
import type { RetryPolicyDefinition } from "../../../service-model/definition.ts";
import type { RetryException } from "../../../service-model/retry-exception.ts";

const policy = (more: Partial<RetryPolicyDefinition>): RetryPolicyDefinition => ({
  ExceptionType: ["SageMaker.CAPACITY_ERROR"],
  ...more,
});

describe("retry policies", () => {
  const reasons: readonly [string, RetryException | undefined][] = [
    ["CapacityError: Unable to provision requested ML compute capacity.", "SageMaker.CAPACITY_ERROR"],
    ["InternalServerError: We encountered an internal error. Please try again.", "SageMaker.JOB_INTERNAL_ERROR"],
    [
      "ClientError: Failed to invoke sagemaker:CreateTrainingJob. Error Details: ResourceLimitExceeded",
      "SageMaker.RESOURCE_LIMIT",
    ],
    [
      "ClientError: Failed to invoke sagemaker:CreateProcessingJob. Error Details: The account-level service limit 'ml.m5.large for processing job usage' is 0 Instances",
      "SageMaker.RESOURCE_LIMIT",
    ],
    ["Failed to invoke sagemaker:CreateTrainingJob. Error Details: Rate exceeded", "Step.THROTTLING"],
    ["Failed to invoke sagemaker:CreateTrainingJob. Error Details: ServiceUnavailable", "Step.SERVICE_FAULT"],
    ["AlgorithmError: Rate exceeded, exit code: 1", undefined],
    ["ClientError: Data download failed", undefined],
  ];
  for (const [reason, exception] of reasons)
    it(`map '${reason.slice(0, 60)}' to ${exception ?? "no exception"}`, () =>
      assert.equal(retryException(reason), exception));

  const capacity = "SageMaker.CAPACITY_ERROR";
  const table: readonly [
    string,
    RetryPolicyDefinition[] | undefined,
    RetryException,
    number,
    number,
    number | undefined,
  ][] = [
    ["no delay without a policy", undefined, capacity, 1, 0, undefined],
    [
      "no delay for another exception",
      [policy({ ExceptionType: ["SageMaker.RESOURCE_LIMIT"] })],
      capacity,
      1,
      0,
      undefined,
    ],
    [
      "IntervalSeconds after the first failure",
      [policy({ IntervalSeconds: 3, BackoffRate: 2, MaxAttempts: 4 })],
      capacity,
      1,
      0,
      3,
    ],
    [
      "BackoffRate times longer after each failure",
      [policy({ IntervalSeconds: 3, BackoffRate: 2, MaxAttempts: 4 })],
      capacity,
      3,
      9,
      12,
    ],
    ["no delay after MaxAttempts", [policy({ IntervalSeconds: 3, MaxAttempts: 2 })], capacity, 3, 9, undefined],
    ["the default interval and rate", [policy({})], capacity, 5, 0, 16],
    ["no delay after the default number of attempts", [policy({})], capacity, 6, 0, undefined],
    [
      "a delay before ExpireAfterMin",
      [policy({ IntervalSeconds: 30, BackoffRate: 1, ExpireAfterMin: 2 })],
      capacity,
      4,
      90,
      30,
    ],
    [
      "no delay beyond ExpireAfterMin",
      [policy({ IntervalSeconds: 30, BackoffRate: 1, ExpireAfterMin: 2 })],
      capacity,
      4,
      91,
      undefined,
    ],
    [
      "the delay of the first policy that names the exception",
      [policy({ IntervalSeconds: 7, MaxAttempts: 1 }), policy({ IntervalSeconds: 1, MaxAttempts: 9 })],
      capacity,
      1,
      0,
      7,
    ],
    ["SageMaker's own delay for a service fault", undefined, "Step.THROTTLING", 2, 1, 2],
    [
      "a step's policy before SageMaker's own",
      [policy({ ExceptionType: ["Step.THROTTLING"], IntervalSeconds: 9, MaxAttempts: 1 })],
      "Step.THROTTLING",
      1,
      0,
      9,
    ],
  ];
  for (const [title, policies, exception, failures, elapsed, expected] of table)
    it(`give ${title}`, () =>
      assert.equal(retryDelay(policies, exception, { failures: { [exception]: failures }, elapsed }), expected));
});
