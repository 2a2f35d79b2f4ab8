import assert from "node:assert/strict";
import { ProcessingInstanceType, TrainingInstanceType } from "@aws-sdk/client-sagemaker";
import { checkStackConfiguration } from "../../../infra/configuration/check-stack-configuration.ts";
import { selectedPipelines } from "../../../infra/configuration/selected-pipelines.ts";
import { parsed } from "./parsed.ts";

const names = ["crickets", "oyster"];

function parse(values: Readonly<Record<string, unknown>>) {
  return parsed({ region: "eu-central-1", ...values }, names);
}

function problems(values: Readonly<Record<string, unknown>>): readonly string[] {
  return checkStackConfiguration({ region: "eu-central-1", ...values }, names).problems;
}

function wrongKeys(lines: readonly string[]): readonly (string | undefined)[] {
  return lines.map((line) => line.split(":")[0]).sort();
}

describe("a stack's configuration", () => {
  const conflicts: readonly (readonly [string, Readonly<Record<string, unknown>>, string | RegExp])[] = [
    [
      "a list with an invalid subnet",
      { subnetIds: ["subnet-11111111", "net-2"], securityGroupIds: ["sg-11111111"] },
      'subnetIds.1: got "net-2"; give a list of identifiers such as subnet-0123456789abcdef0',
    ],
    [
      "subnets without security groups",
      { subnetIds: ["subnet-11111111"] },
      "subnetIds and securityGroupIds: got one without the other; give both, or neither",
    ],
    [
      "more subnets than a job accepts",
      {
        subnetIds: Array.from({ length: 17 }, (_, index) => `subnet-000000${index + 10}`),
        securityGroupIds: ["sg-11111111"],
      },
      /^subnetIds: got .*; give at most 16$/,
    ],
    [
      "a duplicate security group",
      { subnetIds: ["subnet-11111111"], securityGroupIds: ["sg-11111111", "sg-11111111"] },
      'securityGroupIds: got ["sg-11111111","sg-11111111"]; give each one once',
    ],
    [
      "e-mail addresses without notifications",
      { notifyFailures: false, notificationEmails: ["team@example.com"] },
      "notificationEmails: got addresses while notifyFailures is false; set it to true, or give none",
    ],
    [
      "an unknown time zone",
      { pipelines: { crickets: { schedule: "rate(1 day)", scheduleTimezone: "Mars/Olympus" } } },
      'pipelines.crickets.scheduleTimezone: got "Mars/Olympus"; give a time zone such as Europe/Berlin',
    ],
    [
      "a bucket in another partition",
      { artifactBucket: "arn:aws-cn:s3:::lake" },
      "artifactBucket: got an ARN in partition aws-cn; give one in aws, the partition of eu-central-1",
    ],
    [
      "access logs of an existing bucket",
      { artifactBucket: "lake", accessLogBucket: "logs" },
      "accessLogBucket: got logs, but the stack does not change the settings of the existing bucket lake (artifactBucket, ARTIFACT_BUCKET); leave it out",
    ],
    ...[{ sagemakerProjectName: "rings" }, { sagemakerProjectId: "p-1" }].map(
      (half) =>
        [
          `${Object.keys(half)[0]} alone`,
          half,
          "sagemakerProjectName and sagemakerProjectId: got one without the other, but Studio needs the tags of both; give both, or neither",
        ] as const,
    ),
    [
      "a project name that two pipelines would get",
      { sagemakerProjectName: "rings", sagemakerProjectId: "p-1" },
      /^sagemakerProjectNameId: got rings-p-1, which names one pipeline, but the stack deploys crickets, oyster; choose one/,
    ],
  ];
  for (const [what, values, expected] of conflicts)
    it(`rejects ${what}`, () => {
      const [line = "", ...others] = problems(values);
      if (typeof expected === "string") assert.equal(line, expected);
      else assert.match(line, expected);
      assert.deepEqual(others, []);
    });

  it("reports all mistakes together", () => {
    assert.deepEqual(
      wrongKeys(problems({ account: "12", tags: { "aws:x": "" }, onlyPipelines: ["mussel"], colour: "red" })),
      ["account", "colour", "onlyPipelines.mussel", "tags.aws"],
    );
  });

  it("returns the valid part of a configuration with mistakes", () => {
    const { configuration, problems: lines } = checkStackConfiguration(
      {
        region: "eu-central-1",
        account: "12",
        forceDestroy: true,
        subnetIds: ["net"],
        securityGroupIds: ["sg-11111111"],
      },
      names,
    );
    assert.deepEqual([configuration?.account, configuration?.forceDestroy], [undefined, true]);
    // The security groups are not reported as alone, because the subnets are present but invalid.
    assert.deepEqual(wrongKeys(lines), ["account", "subnetIds.0"]);
    assert.equal(checkStackConfiguration({}, names).configuration, undefined);
  });

  const together: readonly (readonly [string, Readonly<Record<string, unknown>>, readonly string[]])[] = [
    [
      "a misspelt onlyPipelines, but not that two pipelines would get the project's name",
      { onlyPipelines: ["abalon"], sagemakerProjectNameId: "rings", pipelines: { crickets: { ceiling: -1 } } },
      ["onlyPipelines.abalon", "pipelines.crickets.ceiling"],
    ],
    [
      "an invalid schedule, but not a time zone without a schedule",
      { pipelines: { crickets: { schedule: "daily", scheduleTimezone: "Europe/Berlin" } } },
      ["pipelines.crickets.schedule"],
    ],
    [
      "a tag with an invalid key, and two tags that differ only in case",
      { tags: { "a&b": "", team: "a", Team: "b" } },
      ["tags", "tags.a&b"],
    ],
    [
      "a missing region, and the mistakes that do not depend on it",
      { region: undefined, subnetIds: ["subnet-11111111"], artifactBucket: "arn:aws-cn:s3:::lake" },
      ["region", "subnetIds and securityGroupIds"],
    ],
    [
      "unknown keys such as constructor, which every JavaScript object has",
      JSON.parse('{"constructor": 1, "pipelines": {"crickets": {"__proto__": 1}}, "github": {"toString": 1}}'),
      [
        ...["constructor", "github.ownerId", "github.repository", "github.repositoryId", "github.toString"],
        "pipelines.crickets.__proto__",
      ],
    ],
  ];
  for (const [what, values, expected] of together)
    it(`reports ${what}`, () => assert.deepEqual(wrongKeys(problems(values)), expected));

  it("returns the valid keys of a pipeline and of github, and selects all pipelines if one name is misspelt", () => {
    const { configuration } = checkStackConfiguration(
      {
        region: "eu-central-1",
        onlyPipelines: ["oyster", "abalon"],
        pipelines: { crickets: { ceiling: -1, relativeTolerance: 0.1, inputDataUrl: "x", schedule: "rate(1 day)" } },
        github: { repository: "octo-org", repositoryId: 1, ownerId: 2, stateBackend: "s3://state" },
      },
      names,
    );
    assert.deepEqual(configuration?.onlyPipelines, []);
    const { ceiling, inputDataUrl, ...right } = configuration.pipelines["crickets"] ?? {};
    assert.deepEqual(right, { relativeTolerance: 0.1, schedule: "rate(1 day)" });
    // An example replaces the wrong data, as data were configured.
    assert.deepEqual([ceiling, typeof inputDataUrl], [undefined, "string"]);
    const { repositoryId, ownerId, stateBackend } = configuration.github ?? {};
    assert.deepEqual([repositoryId, ownerId, stateBackend], ["1", "2", "s3://state"]);
  });

  for (const name of ["abc", "my-bucket.eu", "1.2.3.4.5", "a".repeat(63), "xn-abc", "s3alias", "mrap.bucket"])
    it(`accepts the bucket name ${name}`, () => assert.deepEqual(problems({ accessLogBucket: name }), []));

  it("ignores empty texts below other keys, but not empty tags", () => {
    const { pipelines, github, tags } = parse({
      pipelines: { crickets: { image: "", ceiling: 5 } },
      github: { repository: "octo-org/octo-repo", repositoryId: 1, ownerId: 2, branch: "", stateKeyArn: "" },
      tags: { team: "" },
    });
    assert.deepEqual([pipelines["crickets"], tags], [{ ceiling: 5 }, { team: "" }]);
    assert.deepEqual([github?.branch, github?.stateKeyArn], ["main", undefined]);
  });

  it("accepts every instance type of SageMaker", () => {
    const types = [...Object.values(TrainingInstanceType), ...Object.values(ProcessingInstanceType)];
    assert.ok(types.length > 100);
    for (const type of types)
      assert.deepEqual(
        problems({ pipelines: { crickets: { trainingInstanceType: type, processingInstanceType: type } } }),
        [],
      );
  });

  it("ignores empty texts, accepts numbers that Pulumi stored as texts, and accepts the ARN of a bucket", () => {
    const taken = parse({ account: "", jobLogRetentionDays: "90", artifactBucket: "arn:aws:s3:::lake" });
    assert.deepEqual([taken.account, taken.jobLogRetentionDays, taken.artifactBucket], [undefined, 90, "lake"]);
  });

  it("selects all pipelines, or those in onlyPipelines", () => {
    assert.deepEqual(selectedPipelines(parse({}), names), names);
    assert.deepEqual(selectedPipelines(parse({ onlyPipelines: ["oyster"] }), names), ["oyster"]);
  });

  it("accepts a project name if all pipelines except one have names or are not deployed", () => {
    assert.deepEqual(problems({ sagemakerProjectNameId: "rings-p-1", onlyPipelines: ["crickets"] }), []);
    assert.deepEqual(problems({ sagemakerProjectNameId: "rings-p-1", pipelines: { oyster: { name: "pearls" } } }), []);
  });
});
