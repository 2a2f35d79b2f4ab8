import assert from "node:assert/strict";
import { cacheKey, findCached } from "../../../local/execution/cache-key.ts";
import type { ExecutionRecord, StepRecord } from "../../../local/state/execution-record.ts";
import type { Json } from "../../../pipelines/sagemaker/definition.ts";
import { durationSeconds } from "../../../pipelines/sagemaker/service/duration.ts";

type Arguments = { readonly [key: string]: Json };
const base: Arguments = {
  AppSpecification: { ImageUri: "i", ContainerArguments: ["a"] },
  ProcessingInputs: [{ InputName: "code", S3Input: { S3Uri: "s3://b/code/1/x.py" } }],
  ProcessingOutputConfig: { Outputs: [{ S3Output: { S3Uri: "s3://b/1" } }] },
};

describe("cache key", () => {
  const table: readonly [string, Arguments, boolean][] = [
    [
      "the order of keys does not matter",
      { ...base, AppSpecification: { ContainerArguments: ["a"], ImageUri: "i" } },
      true,
    ],
    ["outputs do not matter", { ...base, ProcessingOutputConfig: { Outputs: [] } }, true],
    ["resources do not matter", { ...base, ProcessingResources: { ClusterConfig: {} } }, true],
    [
      "new code matters",
      { ...base, ProcessingInputs: [{ InputName: "code", S3Input: { S3Uri: "s3://b/code/2/x.py" } }] },
      false,
    ],
    ["an argument matters", { ...base, AppSpecification: { ImageUri: "i", ContainerArguments: ["b"] } }, false],
    ["an environment matters", { ...base, Environment: { A: "1" } }, false],
  ];
  for (const [title, changed, same] of table) {
    it(title, () => assert.equal(cacheKey("Processing", base) === cacheKey("Processing", changed), same));
  }
  it("other steps have none", () => assert.equal(cacheKey("RegisterModel", base), undefined));
});

describe("cached step", () => {
  const step = (name: string, endTime: number, more: Partial<StepRecord> = {}): StepRecord => ({
    name,
    type: "Processing",
    status: "Succeeded",
    startTime: endTime - 1,
    endTime,
    cacheKey: "k",
    ...more,
  });
  const execution = (arn: string, steps: StepRecord[], pipelineArn = "p"): ExecutionRecord => ({
    arn,
    id: arn,
    region: "us-east-1",
    pipelineArn,
    pipelineName: pipelineArn,
    status: "Succeeded",
    createdTime: 0,
    modifiedTime: 0,
    definition: { Version: "2020-12-01", Metadata: {}, Parameters: [], Steps: [] },
    definitionText: "",
    overrides: [],
    parameters: {},
    steps,
  });
  const question = { pipelineArn: "p", step: "S", key: "k", now: 1000 };
  const found = (...executions: ExecutionRecord[]) => findCached(executions, question)?.executionArn;

  it("takes the latest", () => {
    assert.equal(
      found(execution("1", [step("S", 10)]), execution("2", [step("S", 20)]), execution("3", [step("S", 15)])),
      "2",
    );
  });
  it("takes the run itself, not a hit of it", () => {
    assert.equal(found(execution("1", [step("S", 10)]), execution("2", [step("S", 20, { cacheSource: "1" })])), "1");
  });
  it("passes over other pipelines, names, keys and failures", () => {
    const others = [step("T", 10), step("S", 10, { cacheKey: "other" }), step("S", 10, { status: "Failed" })];
    assert.equal(
      found(execution("1", [step("S", 10)], "q"), ...others.map((each) => execution("2", [each]))),
      undefined,
    );
  });
  it("passes over what is too old", () => {
    const runs = [execution("1", [step("S", 900)])];
    assert.equal(findCached(runs, { ...question, expireAfter: "PT100S" })?.executionArn, "1");
    assert.equal(findCached(runs, { ...question, expireAfter: "PT99S" }), undefined);
  });
});

describe("duration", () => {
  const table: readonly [string, number | undefined][] = [
    ["PT1H", 3600],
    ["P30D", 30 * 86_400],
    ["P1DT2H3M4S", 86_400 + 7384],
    ["P1M", 30 * 86_400],
    ["PT1M", 60],
    ["P2W", 14 * 86_400],
    ["30d", 30 * 86_400],
    ["5y", 5 * 365 * 86_400],
    ["T16m", 960],
    ["30dT5h", 30 * 86_400 + 18_000],
    ["", undefined],
    ["P", undefined],
    ["tomorrow", undefined],
  ];
  for (const [text, seconds] of table) {
    it(`'${text}' is ${seconds}`, () => assert.equal(durationSeconds(text), seconds));
  }
});
