import assert from "node:assert/strict";
import { checkStackConfiguration } from "../../../infra/configuration/parse-configuration.ts";
import { plainValue } from "../../../infra/configuration/pulumi-value.ts";
import { type Page, pages } from "../../docs/pages.ts";
import { configSet, type PulumiConfig } from "./pulumi-config.ts";

const account = "111122223333";

/** Values that a person gives in place of a page's placeholders. */
const given: Readonly<Record<string, string>> = {
  '"$(aws sts get-caller-identity --query Account --output text)"': account,
  "s3://...": "s3://lake/abalone.csv",
  "s3://YOUR-PULUMI-STATE": "s3://octo-org-pulumi-state",
  NAME: "Rings",
};

interface Command {
  readonly key: string;
  readonly value: string;
  readonly isPath: boolean;
}

/** Returns the commands of a page that set the configuration of a stack, but for the pattern of them all. */
function commands({ text }: Page): readonly Command[] {
  return [...text.matchAll(/pulumi config set (--path )?('[^']+'|\S+) ("[^"]*"|[^\s`]+)/g)]
    .map(([, path, key = "", value = ""]) => ({
      key: key.replaceAll("'", ""),
      value: given[value] ?? value,
      isPath: path !== undefined,
    }))
    .filter(({ key }) => key !== "KEY");
}

function configured(all: readonly Command[]): PulumiConfig {
  return all.reduce<PulumiConfig>((config, { key, value, isPath }) => configSet(config, key, value, isPath), {});
}

/** A configuration as the program reads it. */
function checked(config: PulumiConfig) {
  const values = Object.entries(config).map(([key, text]) => [key.replace(/^aws:region$/, "region"), plainValue(text)]);
  return checkStackConfiguration({ region: "eu-central-1", ...Object.fromEntries(values) }, ["abalone"]);
}

describe("pulumi config set", () => {
  it("takes all commands of the pages together", () => {
    const all = pages
      .flatMap(commands)
      // Settings of the provider are its own.
      .filter(({ key }) => !key.startsWith("aws:") || key === "aws:region");
    assert.ok(all.length >= 12, String(all.length));
    const { configuration, problems } = checked(configured(all));
    assert.deepEqual(problems, []);
    assert.equal(configuration?.pipelines["abalone"]?.ceiling, 5.5);
    assert.equal(configuration.pipelines["abalone"].relativeTolerance, 0.05);
    assert.deepEqual(configuration.tags, { "cost-center": "42" });
    assert.deepEqual([configuration.github?.repositoryId, configuration.forceDestroy], ["456789", true]);
  });

  const taken: readonly (readonly [string, string, unknown])[] = [
    ["pipelines.abalone.ceiling", "5", 5],
    ["pipelines.abalone.ceiling", ".5", 0.5],
    ["pipelines.abalone.relativeTolerance", "0", 0],
    ["pipelines.abalone.relativeTolerance", "1e-3", 0.001],
    ["pipelines.abalone.absoluteTolerance", "2.5", 2.5],
    ["pipelines.abalone.maxParallelExecutionSteps", "4", 4],
    ["pipelines.abalone.name", "2030", "2030"],
    ["tags.cost-center", "042", "042"],
    ["tags.billable", "true", "true"],
    ["tags.share", "0.5", "0.5"],
    ["subnetIds[0]", "subnet-11111111", "subnet-11111111"],
    ['tags["a.b"]', "7", "7"],
  ];
  for (const [key, value, expected] of taken)
    it(`takes --path ${key} ${value}`, () => {
      const { configuration, problems } = checked(
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
    ["pipelines.abalone.ceiling", "-1", "got -1; give a number above 0"],
    ["pipelines.abalone.ceiling", "six", 'got "six"; give a number above 0'],
    ["pipelines.abalone.ceiling", "0x10", 'got "0x10"; give a number above 0'],
    ["pipelines.abalone.ceiling", "true", "got true; give a number above 0"],
    ["pipelines.abalone.relativeTolerance", "1.5", 'got "1.5"; give a number from 0 to 1'],
    ["pipelines.abalone.absoluteTolerance", "-1", "got -1; give a number of at least 0"],
    ["pipelines.abalone.maxParallelExecutionSteps", "true", "got true; give a whole number of at least 1"],
    ["pipelines.abalone.maxParallelExecutionSteps", "1.5", 'got "1.5"; give a whole number of at least 1'],
    ["tags.serial", "123456789012345678", "got 123456789012345680; give a text, in quotes in the stack's file"],
  ];
  for (const [key, value, expected] of refused)
    it(`refuses --path ${key} ${value}`, () => {
      assert.deepEqual(checked(configured([{ key, value, isPath: true }])).problems, [`${key}: ${expected}`]);
    });
});
