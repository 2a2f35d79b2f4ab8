import assert from "node:assert/strict";
import { ProcessingInstanceType, TrainingInstanceType } from "@aws-sdk/client-sagemaker";
import { checkStackConfiguration } from "../../../infra/configuration/parse-configuration.ts";
import { selectedPipelines } from "../../../infra/configuration/selected-pipelines.ts";
import { parsed } from "./parsed.ts";

const names = ["abalone", "oyster"];

function parse(values: Readonly<Record<string, unknown>>) {
  return parsed({ region: "eu-central-1", ...values }, names);
}

/** What is said of a configuration. */
function problems(values: Readonly<Record<string, unknown>>): readonly string[] {
  return checkStackConfiguration({ region: "eu-central-1", ...values }, names).problems;
}

describe("a stack's configuration", () => {
  const refused: readonly (readonly [string, Readonly<Record<string, unknown>>, string | RegExp])[] = [
    ["no region", { region: undefined }, "region: missing; run: pulumi config set aws:region us-east-1"],
    ["an account number that is none", { account: "12" }, 'account: got "12"; give an account number of 12 digits'],
    [
      "a key by its alias",
      { kmsKeyArn: "alias/own" },
      'kmsKeyArn: got "alias/own"; give an ARN such as arn:aws:kms:REGION:ACCOUNT:key/ID',
    ],
    [
      "a URI for a bucket",
      { accessLogBucket: "s3://logs" },
      'accessLogBucket: got "s3://logs"; give the name of a bucket',
    ],
    [
      "a URI for a bucket that is there already",
      { artifactBucket: "s3://lake" },
      'artifactBucket: got "s3://lake"; give the name or the ARN of a bucket',
    ],
    [
      "a role by its name",
      { sagemakerPipelineRoleArn: "pipelines" },
      'sagemakerPipelineRoleArn: got "pipelines"; give an ARN such as arn:aws:iam::ACCOUNT:role/NAME',
    ],
    ["a truth that is none", { forceDestroy: "maybe" }, 'forceDestroy: got "maybe"; give true or false'],
    [
      "a subnet that is none",
      { subnetIds: ["subnet-11111111", "net-2"], securityGroupIds: ["sg-11111111"] },
      'subnetIds.1: got "net-2"; give a list of identifiers such as subnet-0123456789abcdef0',
    ],
    [
      "subnets without security groups",
      { subnetIds: ["subnet-11111111"] },
      "subnetIds and securityGroupIds: got one without the other; give both, or neither",
    ],
    [
      "a tag that is AWS's own",
      { tags: { "aws:owner": "me" } },
      /^tags\.aws:owner: .*give a key of at most 128 letters, digits, spaces and _\.:\/=\+-@ that does not begin with aws:$/,
    ],
    [
      "a value of a tag that AWS does not take",
      { tags: { team: "a & b" } },
      /^tags\.team: got "a & b"; give a value of at most 256/,
    ],
    [
      "tags that are one to IAM",
      { tags: { team: "a", Team: "b" } },
      /^tags: got .*; give keys that differ in more than their case$/,
    ],
    [
      "a bucket with an empty part",
      { artifactBucket: "a..b" },
      'artifactBucket: got "a..b"; give the name or the ARN of a bucket',
    ],
    [
      "a mail twice",
      { notificationEmails: ["a@example.com", "a@example.com"] },
      /^notificationEmails: got .*; give each one once$/,
    ],
    [
      "data that could be anybody's",
      { pipelines: { abalone: { inputDataUrl: "s3://*/x" } } },
      /^pipelines\.abalone\.inputDataUrl: got "s3:\/\/\*\/x"; give an S3 URI/,
    ],
    [
      "an image that is none",
      { pipelines: { abalone: { image: "foo bar" } } },
      'pipelines.abalone.image: got "foo bar"; give the URI of an image in ECR: ACCOUNT.dkr.ecr.REGION.amazonaws.com/NAME:TAG',
    ],
    [
      "a tag that is no text",
      { tags: { team: ["a"] } },
      'tags.team: got ["a"]; give a text, in quotes in the stack\'s file',
    ],
    [
      "an address that is none",
      { notificationEmails: ["team"] },
      'notificationEmails.0: got "team"; give an e-mail address',
    ],
    [
      "addresses that nothing is sent to",
      { notifyFailures: false, notificationEmails: ["team@example.com"] },
      "notificationEmails: got addresses while notifyFailures is false; set it to true, or give none",
    ],
    [
      "days that CloudWatch does not have",
      { jobLogRetentionDays: "31" },
      /^jobLogRetentionDays: got "31"; give one of 1, 3, 5,/,
    ],
    ["a choice that is none", { inconclusive: "perhaps" }, 'inconclusive: got "perhaps"; give warn or fail'],
    ["a misspelt key", { forceDestory: true }, "forceDestory: there is no such key; Pulumi.yaml has them all"],
    [
      "a pipeline that there is not",
      { pipelines: { mussel: {} } },
      "pipelines.mussel: there is no such pipeline; there are: abalone, oyster",
    ],
    [
      "the choice of a pipeline that there is not",
      { onlyPipelines: ["mussel"] },
      "onlyPipelines.mussel: there is no such pipeline; there are: abalone, oyster",
    ],
    [
      "a key that a pipeline does not have",
      { pipelines: { abalone: { ceilling: 5 } } },
      /^pipelines\.abalone\.ceilling: there is no such key; there are inputDataUrl, ceiling, /,
    ],
    [
      "a ceiling of nothing",
      { pipelines: { abalone: { ceiling: 0 } } },
      "pipelines.abalone.ceiling: got 0; give a number above 0",
    ],
    [
      "a schedule in crontab's own form",
      { pipelines: { abalone: { schedule: "0 3 * * *" } } },
      /^pipelines\.abalone\.schedule: got "0 3 \* \* \*"; give a schedule such as cron\(/,
    ],
    [
      "both days of a schedule at once",
      { pipelines: { abalone: { schedule: "cron(0 3 * * * *)" } } },
      /^pipelines\.abalone\.schedule: got "cron\(0 3 \* \* \* \*\)"; give \? for one of the day of the month/,
    ],
    [
      "a day that there is not",
      { pipelines: { abalone: { schedule: "at(2030-99-99T10:00:00)" } } },
      'pipelines.abalone.schedule: got "at(2030-99-99T10:00:00)"; give a day and a time that there are',
    ],
    [
      "a region with something after it",
      { region: "us-east-1a" },
      'region: got "us-east-1a"; give a region such as us-east-1',
    ],
    [
      "a type for another one, with its own words",
      { artifactBucket: true },
      "artifactBucket: got true; give the name or the ARN of a bucket",
    ],
    ["nothing for an account", { account: null }, "account: got null; give an account number of 12 digits"],
    [
      "a number that is none",
      { pipelines: { abalone: { ceiling: Number.NaN } } },
      "pipelines.abalone.ceiling: got NaN; give a number above 0",
    ],
    [
      "a list for what pipelines have",
      { pipelines: ["abalone"] },
      'pipelines: got ["abalone"]; give settings by the name of a pipeline',
    ],
    ["a list of what are no names", { onlyPipelines: [["abalone"]] }, 'onlyPipelines.0: got ["abalone"]; give a text'],
    [
      "more subnets than a job takes",
      {
        subnetIds: Array.from({ length: 17 }, (_, index) => `subnet-000000${index + 10}`),
        securityGroupIds: ["sg-11111111"],
      },
      /^subnetIds: got .*; give at most 16$/,
    ],
    [
      "a security group twice",
      { subnetIds: ["subnet-11111111"], securityGroupIds: ["sg-11111111", "sg-11111111"] },
      'securityGroupIds: got ["sg-11111111","sg-11111111"]; give each one once',
    ],
    [
      "a tag that is AWS's in any case",
      { tags: { "AWS:owner": "me" } },
      /^tags\.AWS:owner: .* does not begin with aws:$/,
    ],
    ...[
      `arn:aws:iam::111122223333:role/${"r".repeat(65)}`,
      "arn:aws:iam::111122223333:role/team/",
      "arn:aws:iam::111122223333:role/team//r",
    ].map(
      (arn) =>
        [
          `a role of no name: ${arn.slice(31, 50)}`,
          { sagemakerPipelineRoleArn: arn },
          `sagemakerPipelineRoleArn: got "${arn}"; give an ARN such as arn:aws:iam::ACCOUNT:role/NAME`,
        ] as const,
    ),
    ...[
      ...[
        "192.168.5.4",
        "xn--abc",
        "sthree-abc",
        "amzn-s3-demo-abc",
        "abc-s3alias",
        "abc--ol-s3",
        "abc--x-s3",
        "abc.mrap",
      ],
      ...["my.-bucket", "my-.bucket", "ab", "a".repeat(64), "bucket-", "Bucket"],
    ].flatMap(
      (name) =>
        [
          [
            `the bucket ${name}`,
            { accessLogBucket: name },
            `accessLogBucket: got "${name}"; give the name of a bucket`,
          ],
          [
            `data in the bucket ${name}`,
            { pipelines: { abalone: { inputDataUrl: `s3://${name}/x` } } },
            `pipelines.abalone.inputDataUrl: got "s3://${name}/x"; give an S3 URI such as s3://bucket/data/abalone.csv`,
          ],
        ] as const,
    ),
    [
      "data of a longer name than SageMaker takes",
      { pipelines: { abalone: { inputDataUrl: `s3://bucket/${"k".repeat(1100)}` } } },
      /^pipelines\.abalone\.inputDataUrl: got .*; give an S3 URI of at most 1,024 characters$/,
    ],
    ...[
      ...["foo", "docker.io/library/python:3", "python:3"],
      ...["@sha256:abc", ":", "@sha256", ":-x"].map((end) => `111122223333.dkr.ecr.eu-central-1.amazonaws.com/x${end}`),
    ].map(
      (image) =>
        [
          `the image ${image}`,
          { pipelines: { abalone: { image } } },
          `pipelines.abalone.image: got "${image}"; give the URI of an image in ECR: ACCOUNT.dkr.ecr.REGION.amazonaws.com/NAME:TAG`,
        ] as const,
    ),
    [
      "an image of a long name",
      { pipelines: { abalone: { image: `111122223333.dkr.ecr.eu-central-1.amazonaws.com/${"a".repeat(300)}` } } },
      /^pipelines\.abalone\.image: got .*; give a URI of at most 255 characters$/,
    ],
    [
      "nothing where settings are",
      { pipelines: { abalone: null } },
      "pipelines.abalone: got null; give keys with their values",
    ],
    [
      "a role of AWS's own",
      { sagemakerPipelineRoleArn: "arn:aws:iam::aws:role/r" },
      'sagemakerPipelineRoleArn: got "arn:aws:iam::aws:role/r"; give an ARN such as arn:aws:iam::ACCOUNT:role/NAME',
    ],
    [
      "what a terminal would act on, shown and cut",
      { account: `\u202e${"9".repeat(500)}` },
      /^account: got "\\u\{202e\}9{150,200}\.\.\.; give an account number/,
    ],
    [
      "a time zone that there is not",
      { pipelines: { abalone: { schedule: "rate(1 day)", scheduleTimezone: "Mars/Olympus" } } },
      'pipelines.abalone.scheduleTimezone: got "Mars/Olympus"; give a time zone such as Europe/Berlin',
    ],
    [
      "a time zone without a schedule",
      { pipelines: { abalone: { scheduleTimezone: "Europe/Berlin" } } },
      "pipelines.abalone.scheduleTimezone: got Europe/Berlin without a schedule; give pipelines.abalone.schedule",
    ],
    ...["ml.", "ml.m5", "m5.xlarge", "ml.m5.huge", "ml.m5.xlarge "].map(
      (type) =>
        [
          `${JSON.stringify(type)} for the type of an instance`,
          { pipelines: { abalone: { processingInstanceType: type } } },
          `pipelines.abalone.processingInstanceType: got ${JSON.stringify(type)}; give an instance type such as ml.m5.xlarge: ml.FAMILY.SIZE`,
        ] as const,
    ),
    [
      "an hour that there is not",
      { pipelines: { abalone: { schedule: "cron(0 99 ? * MON *)" } } },
      'pipelines.abalone.schedule: got "cron(0 99 ? * MON *)"; give 0 to 23 as the hours',
    ],
    [
      "days of logs that are a truth",
      { jobLogRetentionDays: true },
      "jobLogRetentionDays: got true; give a number of days",
    ],
    [
      "a bucket of another partition",
      { artifactBucket: "arn:aws-cn:s3:::lake" },
      "artifactBucket: got one of aws-cn; give one of aws, which eu-central-1 is in",
    ],
    [
      "a log of requests to a bucket that is there already",
      { artifactBucket: "lake", accessLogBucket: "logs" },
      "accessLogBucket: got logs, but the settings of the bucket lake (artifactBucket, ARTIFACT_BUCKET) stay its owner's; leave it out",
    ],
    ...[{ sagemakerProjectName: "rings" }, { sagemakerProjectId: "p-1" }].map(
      (half) =>
        [
          `half a project: ${Object.keys(half)[0]}`,
          half,
          "sagemakerProjectName and sagemakerProjectId: got one without the other, and Studio shows what is tagged with both; give both, or neither",
        ] as const,
    ),
    [
      "one name of a project for two pipelines",
      { sagemakerProjectName: "rings", sagemakerProjectId: "p-1" },
      /^sagemakerProjectNameId: got rings-p-1, which names one pipeline, and there are abalone, oyster; choose one/,
    ],
  ];
  for (const [what, values, expected] of refused)
    it(`refuses ${what}`, () => {
      const found = problems(values);
      assert.equal(found.length, 1, found.join("\n"));
      if (typeof expected === "string") assert.equal(found[0], expected);
      else assert.match(found[0] ?? "", expected);
    });

  it("says everything that is wrong, together", () => {
    const found = problems({ account: "12", tags: { "aws:x": "" }, onlyPipelines: ["mussel"], colour: "red" });
    assert.deepEqual(found.map((line) => line.split(":")[0]).sort(), [
      "account",
      "colour",
      "onlyPipelines.mussel",
      "tags.aws",
    ]);
  });

  it("goes on with what is right, so that the rest of it can be looked at, too", () => {
    const { configuration, problems: found } = checkStackConfiguration(
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
    // Which security groups are alone is not known while the subnets are wrong.
    assert.deepEqual(
      found.map((line) => line.split(":")[0]),
      ["account", "subnetIds.0"],
    );
    assert.equal(checkStackConfiguration({}, names).configuration, undefined);
  });

  const together: readonly (readonly [string, Readonly<Record<string, unknown>>, readonly string[]])[] = [
    [
      "a misspelt choice, and a project's name for two pipelines, of which only one was meant",
      { onlyPipelines: ["abalon"], sagemakerProjectNameId: "rings", pipelines: { abalone: { ceiling: -1 } } },
      ["onlyPipelines.abalon", "pipelines.abalone.ceiling"],
    ],
    [
      "a wrong schedule, whose time zone is not without one",
      { pipelines: { abalone: { schedule: "daily", scheduleTimezone: "Europe/Berlin" } } },
      ["pipelines.abalone.schedule"],
    ],
    [
      "tags of a wrong key, and two that are one to IAM",
      { tags: { "a&b": "", team: "a", Team: "b" } },
      ["tags", "tags.a&b"],
    ],
    [
      "no region, and what needs none",
      { region: undefined, subnetIds: ["subnet-11111111"], artifactBucket: "arn:aws-cn:s3:::lake" },
      ["region", "subnetIds and securityGroupIds"],
    ],
    [
      "names that every object has",
      JSON.parse('{"constructor": 1, "pipelines": {"abalone": {"__proto__": 1}}, "github": {"toString": 1}}'),
      [
        ...["constructor", "github.ownerId", "github.repository", "github.repositoryId", "github.toString"],
        "pipelines.abalone.__proto__",
      ],
    ],
  ];
  for (const [what, values, expected] of together)
    it(`says together: ${what}`, () =>
      assert.deepEqual(
        problems(values)
          .map((line) => line.split(":")[0])
          .sort(),
        expected,
      ));

  it("goes on with what is right of a pipeline and of a repository, and looks at all pipelines for a misspelt one", () => {
    const { configuration } = checkStackConfiguration(
      {
        region: "eu-central-1",
        onlyPipelines: ["oyster", "abalon"],
        pipelines: { abalone: { ceiling: -1, relativeTolerance: 0.1, inputDataUrl: "x", schedule: "rate(1 day)" } },
        github: { repository: "octo-org", repositoryId: 1, ownerId: 2, stateBackend: "s3://state" },
      },
      names,
    );
    assert.deepEqual(configuration?.onlyPipelines, []);
    const { ceiling, inputDataUrl, ...right } = configuration.pipelines["abalone"] ?? {};
    assert.deepEqual(right, { relativeTolerance: 0.1, schedule: "rate(1 day)" });
    // Something stands for the data, as there is some.
    assert.deepEqual([ceiling, typeof inputDataUrl], [undefined, "string"]);
    const { repositoryId, ownerId, stateBackend } = configuration.github ?? {};
    assert.deepEqual([repositoryId, ownerId, stateBackend], ["1", "2", "s3://state"]);
  });

  for (const name of ["abc", "my-bucket.eu", "1.2.3.4.5", "a".repeat(63), "xn-abc", "s3alias", "mrap.bucket"])
    it(`takes the bucket ${name}`, () => assert.deepEqual(problems({ accessLogBucket: name }), []));

  it("takes empty texts for nothing also where keys are below others, but for tags", () => {
    const { pipelines, github, tags } = parse({
      pipelines: { abalone: { image: "", ceiling: 5 } },
      github: { repository: "octo-org/octo-repo", repositoryId: 1, ownerId: 2, branch: "", stateKeyArn: "" },
      tags: { team: "" },
    });
    assert.deepEqual([pipelines["abalone"], tags], [{ ceiling: 5 }, { team: "" }]);
    assert.deepEqual([github?.branch, github?.stateKeyArn], ["main", undefined]);
  });

  it("takes every type of instance that SageMaker has", () => {
    const types = [...Object.values(TrainingInstanceType), ...Object.values(ProcessingInstanceType)];
    assert.ok(types.length > 100);
    for (const type of types)
      assert.deepEqual(
        problems({ pipelines: { abalone: { trainingInstanceType: type, processingInstanceType: type } } }),
        [],
      );
  });

  it("takes empty texts for nothing, numbers as Pulumi keeps them, and a bucket by its ARN", () => {
    const taken = parse({ account: "", jobLogRetentionDays: "90", artifactBucket: "arn:aws:s3:::lake" });
    assert.deepEqual([taken.account, taken.jobLogRetentionDays, taken.artifactBucket], [undefined, 90, "lake"]);
  });

  it("deploys every pipeline, or those that it chooses", () => {
    assert.deepEqual(selectedPipelines(parse({}), names), names);
    assert.deepEqual(selectedPipelines(parse({ onlyPipelines: ["oyster"] }), names), ["oyster"]);
  });

  it("lets a project's name be one pipeline's, and the others have their own", () => {
    assert.deepEqual(problems({ sagemakerProjectNameId: "rings-p-1", onlyPipelines: ["abalone"] }), []);
    assert.deepEqual(problems({ sagemakerProjectNameId: "rings-p-1", pipelines: { oyster: { name: "pearls" } } }), []);
  });
});
