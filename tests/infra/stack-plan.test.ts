import assert from "node:assert/strict";
import { checkStackConfiguration } from "../../infra/configuration/check-stack-configuration.ts";
import type * as Problems from "../../infra/configuration/configuration-problems.ts";
import type * as Plan from "../../infra/stack-plan.ts";
import { FreshClone } from "../fresh-clone/fresh-clone.ts";

const account = "111122223333";
const other = "999999999999";
const projectArn = (of: string) => `arn:aws:sagemaker:eu-central-1:${of}:project/rings`;

interface Planned {
  readonly plan?: Plan.StackPlan;
  readonly lines: readonly string[];
  /** The ARNs of the projects whose tags were requested from AWS. */
  readonly asked: readonly string[];
}

/** Plans a stack with these values. Returns the plan, or the lines of the mistakes. */
async function planned(
  values: Readonly<Record<string, unknown>>,
  credentials: string | undefined = account,
  answer: () => Readonly<Record<string, string>> = () => ({ team: "growth" }),
  variables: Readonly<Record<string, string>> = {},
): Promise<Planned> {
  const { configuration, problems } = checkStackConfiguration({ region: "eu-central-1", ...values }, ["crickets"]);
  assert.ok(configuration !== undefined);
  const asked: string[] = [];
  const tags = async (arn: string) => {
    asked.push(arn);
    return answer();
  };
  const clone = await FreshClone.shared();
  const { stackPlan } = await clone.module<typeof Plan>("infra/stack-plan.ts");
  const { ConfigurationProblems } = await clone.module<typeof Problems>(
    "infra/configuration/configuration-problems.ts",
  );
  const running = { project: "sagemaker-training", stack: "dev", last: {}, credentials, variables };
  try {
    const plan = await stackPlan(running, configuration, problems, tags, new Date("2030-06-01T12:00:00Z"));
    return { plan, lines: [], asked };
  } catch (error) {
    if (!(error instanceof ConfigurationProblems)) throw error;
    return { lines: error.message.split("\n").map((line) => line.replace("stack configuration, ", "")), asked };
  }
}

/** Returns the keys at the beginning of the lines. */
const keys = (lines: readonly string[]) => lines.map((line) => line.split(":")[0]).sort();

describe("stackPlan", function () {
  this.timeout(20_000);

  it("reads the project's tags, and gives them to the pipeline and its jobs", async () => {
    const { plan, asked } = await planned({ sagemakerProjectArn: projectArn(account), tags: { "cost-center": "42" } });
    assert.deepEqual(asked, [projectArn(account)]);
    assert.deepEqual(plan?.tags, { team: "growth", "cost-center": "42" });
    assert.deepEqual(plan.pipelines[0]?.context.tags, plan.tags);
    assert.match(JSON.stringify(plan.pipelines[0]?.definition), /"Value":"growth"/);
  });

  it("does not ask AWS if there are mistakes, and compares ARNs with the configured account only", async () => {
    const { lines, asked } = await planned({ account: other, sagemakerProjectArn: projectArn(account) });
    assert.deepEqual(asked, []);
    assert.deepEqual(lines, [
      `account: this stack belongs to ${other}, but the credentials belong to ${account}; use the right profile or, before the first pulumi up, set the other account: pulumi config set account ${account}`,
      `sagemakerProjectArn: got an ARN in account ${account}; give one in this stack's account ${other}`,
    ]);
  });

  it("rejects more tags than AWS accepts, counting the project's", async () => {
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`tag-${index}`, ""]));
    const { lines } = await planned({ sagemakerProjectArn: projectArn(account) }, account, () => many);
    assert.deepEqual(keys(lines), ["tags"]);
  });

  it("rejects tags that differ from the project's only in case, or that change the project's identifier", async () => {
    const project = { sagemakerProjectName: "rings", sagemakerProjectId: "p-1", onlyPipelines: ["crickets"] };
    const own = { "SageMaker:project-name": "x", "sagemaker:project-id": "p-2", team: "a" };
    assert.deepEqual((await planned({ ...project, tags: own })).lines, [
      "tags.SageMaker:project-name: got a key that differs from the project's tag sagemaker:project-name only in case; write sagemaker:project-name",
      'tags.sagemaker:project-id: got "p-2", but the project has p-1; leave it out',
    ]);
    const { lines } = await planned({ sagemakerProjectArn: projectArn(account), tags: { Team: "a" } });
    assert.deepEqual(lines, ["tags.Team: got a key that differs from the project's tag team only in case; write team"]);
    const { plan } = await planned({ sagemakerProjectArn: projectArn(account), tags: { team: "a" } });
    assert.deepEqual(plan?.tags, { team: "a" });
  });

  it("names the environment variable of an invalid value, and escapes control characters in keys", async () => {
    const variables = { sagemakerPipelineRoleArn: "SAGEMAKER_PIPELINE_ROLE_ARN" };
    const values = { sagemakerPipelineRoleArn: `arn:aws:iam::${other}:role/r`, "a\n\u001b[31mb": 1 };
    assert.deepEqual((await planned(values, account, () => ({}), variables)).lines, [
      "a\\u{a}\\u{1b}[31mb: unknown key; Pulumi.yaml lists all keys",
      `sagemakerPipelineRoleArn (environment variable SAGEMAKER_PIPELINE_ROLE_ARN): got an ARN in account ${other}; give one in this stack's account ${account}`,
    ]);
  });

  it("reports AWS's error if the project's tags cannot be read", async () => {
    const { lines } = await planned({ sagemakerProjectArn: projectArn(account) }, account, () => {
      throw new Error("AccessDenied\n  at a place");
    });
    assert.deepEqual(lines, [
      `sagemakerProjectArn: got ${projectArn(account)}, but AWS did not return its tags (AccessDenied); allow whoever deploys tag:GetResources, or leave it out`,
    ]);
  });

  it("reports other mistakes even if the credentials' account is unknown", async () => {
    const { plan, lines } = await planned({ account, pipelines: { crickets: { schedule: "rate(1 day)" } } }, undefined);
    assert.equal(plan, undefined);
    assert.deepEqual(keys(lines), ["pipelines.crickets.schedule"]);
  });

  const image = `${account}.dkr.ecr.us-east-1.amazonaws.com/team/x:1`;
  const together: readonly (readonly [string, Readonly<Record<string, unknown>>, readonly string[]])[] = [
    [
      "an invalid ceiling, and a schedule without data",
      { pipelines: { crickets: { ceiling: -1, schedule: "rate(1 day)" } } },
      ["pipelines.crickets.ceiling", "pipelines.crickets.schedule"],
    ],
    [
      "an invalid inputDataUrl, without reporting that the schedule lacks data",
      { pipelines: { crickets: { inputDataUrl: "crickets.csv", schedule: "rate(1 day)" } } },
      ["pipelines.crickets.inputDataUrl"],
    ],
    [
      "a misspelt pipeline name, and the mistakes in the pipeline that was meant",
      { onlyPipelines: ["abalon"], pipelines: { crickets: { image, schedule: "at(2001-01-01T00:00:00)" } } },
      [
        ...["onlyPipelines.abalon", "pipelines.crickets.image"],
        ...["pipelines.crickets.schedule", "pipelines.crickets.schedule"],
      ],
    ],
    [
      "an image of another region, even with an existing role",
      { sagemakerPipelineRoleArn: `arn:aws:iam::${account}:role/r`, pipelines: { crickets: { image } } },
      ["pipelines.crickets.image"],
    ],
    [
      "a Pulumi state in the stack's own bucket",
      {
        github: {
          ...{ repository: "octo-org/octo-repo", repositoryId: 1, ownerId: 1 },
          stateBackend: `s3://training-dev-${account}-eu-central-1/state`,
        },
      },
      ["github.stateBackend"],
    ],
    [
      "mistakes in the repository's number, the OIDC provider and the workflow files",
      {
        github: {
          ...{ repository: "octo-org/octo-repo", repositoryId: "x", ownerId: 1 },
          oidcProviderArn: `arn:aws:iam::${other}:oidc-provider/token.actions.githubusercontent.com`,
          previewWorkflow: ".github/workflows/train-environment.yml",
        },
      },
      ["github.oidcProviderArn", "github.previewWorkflow", "github.repositoryId"],
    ],
  ];
  for (const [what, values, expected] of together)
    it(`reports ${what}`, async () => assert.deepEqual(keys((await planned(values)).lines), expected));
});
