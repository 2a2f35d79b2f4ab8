import assert from "node:assert/strict";
import { cacheKey } from "../../../local/engine/cache-key.ts";
import { isFresh } from "../../../service-model/cache-lifetime.ts";
import type { Json, StepDefinition } from "../../../service-model/definition.ts";
import { durationSeconds } from "../../../service-model/duration.ts";

type Arguments = { readonly [key: string]: Json };
const base: Arguments = {
  AppSpecification: { ImageUri: "i", ContainerArguments: ["a"] },
  ProcessingInputs: [{ InputName: "code", S3Input: { S3Uri: "s3://b/code/1/x.py" } }],
  ProcessingOutputConfig: { Outputs: [{ S3Output: { S3Uri: "s3://b/1" } }] },
};

const of = (Type: string, more: object = {}) => ({ Name: "S", Type, Arguments: {}, ...more }) as StepDefinition;

describe("cacheKey", () => {
  const table: readonly [string, Arguments, boolean][] = [
    ["ignores the order of keys", { ...base, AppSpecification: { ContainerArguments: ["a"], ImageUri: "i" } }, true],
    ["ignores outputs", { ...base, ProcessingOutputConfig: { Outputs: [] } }, true],
    ["ignores resources", { ...base, ProcessingResources: { ClusterConfig: {} } }, true],
    [
      "changes with the code",
      { ...base, ProcessingInputs: [{ InputName: "code", S3Input: { S3Uri: "s3://b/code/2/x.py" } }] },
      false,
    ],
    ["changes with an argument", { ...base, AppSpecification: { ImageUri: "i", ContainerArguments: ["b"] } }, false],
    ["changes with an environment variable", { ...base, Environment: { A: "1" } }, false],
  ];
  for (const [title, changed, same] of table) {
    it(title, () => assert.equal(cacheKey(of("Processing"), base) === cacheKey(of("Processing"), changed), same));
  }
  it("changes with the function of a Lambda step, which is no argument", () => {
    const [one, two] = ["f", "g"].map((name) =>
      of("Lambda", { FunctionArn: `arn:aws:lambda:us-east-1:1:function:${name}` }),
    );
    assert.ok(one && two);
    assert.equal(cacheKey(one, base), cacheKey({ ...one }, { ...base }));
    assert.notEqual(cacheKey(one, base), cacheKey(two, base));
  });

  it("returns undefined for a type of step that is not cached", () =>
    assert.equal(cacheKey(of("RegisterModel"), base), undefined));
});

describe("isFresh", () => {
  const table: readonly [string | undefined, number, boolean][] = [
    [undefined, 0, true],
    ["PT100S", 900, true],
    ["PT99S", 900, false],
    ["30d", 1000 - 30 * 86_400, true],
    ["30d", 999 - 30 * 86_400, false],
  ];
  for (const [expireAfter, end, fresh] of table)
    it(`${fresh ? "accepts" : "rejects"} at 1000 a step that ended at ${end}, with ExpireAfter ${expireAfter ?? "missing"}`, () => {
      assert.equal(isFresh(end, expireAfter, 1000), fresh);
    });
});

describe("durationSeconds", () => {
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
    it(`returns ${seconds} for '${text}'`, () => assert.equal(durationSeconds(text), seconds));
  }
});
