import assert from "node:assert/strict";
import { checkedConfig, configured } from "./checked-config.ts";

describe("pulumi config set", () => {
  const taken: readonly (readonly [string, string, unknown])[] = [
    ["pipelines.crickets.ceiling", "5", 5],
    ["pipelines.crickets.ceiling", ".5", 0.5],
    ["pipelines.crickets.relativeTolerance", "0", 0],
    ["pipelines.crickets.relativeTolerance", "1e-3", 0.001],
    ["pipelines.crickets.absoluteTolerance", "2.5", 2.5],
    ["pipelines.crickets.maxParallelExecutionSteps", "4", 4],
    ["pipelines.crickets.name", "2030", "2030"],
    ["tags.cost-center", "042", "042"],
    ["tags.billable", "true", "true"],
    ["tags.share", "0.5", "0.5"],
    ["subnetIds[0]", "subnet-11111111", "subnet-11111111"],
    ['tags["a.b"]', "7", "7"],
  ];
  for (const [key, value, expected] of taken)
    it(`accepts --path ${key} ${value}`, () => {
      const { configuration, problems } = checkedConfig(
        configured([
          { key, value, isPath: true },
          ...(key.startsWith("subnetIds") ? [{ key: "securityGroupIds[0]", value: "sg-11111111", isPath: true }] : []),
        ]),
      );
      assert.deepEqual(problems, []);
      const path = [...key.matchAll(/\["([^"]+)"\]|([^.[\]"]+)/g)].map(([, quoted, name]) => quoted ?? name ?? "");
      const set = path.reduce<unknown>((at, name) => (at as Record<string, unknown>)?.[name], configuration);
      assert.equal(set, expected);
    });

  const refused: readonly (readonly [string, string, string])[] = [
    ["pipelines.crickets.ceiling", "-1", "got -1; give a number above 0"],
    ["pipelines.crickets.ceiling", "six", 'got "six"; give a number above 0'],
    ["pipelines.crickets.ceiling", "0x10", 'got "0x10"; give a number above 0'],
    ["pipelines.crickets.ceiling", "true", "got true; give a number above 0"],
    ["pipelines.crickets.relativeTolerance", "1.5", 'got "1.5"; give a number from 0 to 1'],
    ["pipelines.crickets.absoluteTolerance", "-1", "got -1; give a number of at least 0"],
    ["pipelines.crickets.maxParallelExecutionSteps", "true", "got true; give a whole number of at least 1"],
    ["pipelines.crickets.maxParallelExecutionSteps", "1.5", 'got "1.5"; give a whole number of at least 1'],
    ["tags.serial", "123456789012345678", "got 123456789012345680; give a text, in quotes in the stack's file"],
  ];
  for (const [key, value, expected] of refused)
    it(`rejects --path ${key} ${value}`, () => {
      assert.deepEqual(checkedConfig(configured([{ key, value, isPath: true }])).problems, [`${key}: ${expected}`]);
    });
});
