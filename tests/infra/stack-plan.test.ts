import assert from "node:assert/strict";
import { ConfigurationProblems } from "../../infra/configuration/configuration-problems.ts";
import { checkStackConfiguration } from "../../infra/configuration/parse-configuration.ts";
import { type StackPlan, stackPlan } from "../../infra/stack-plan.ts";

const account = "111122223333";
const other = "999999999999";
const projectArn = (of: string) => `arn:aws:sagemaker:eu-central-1:${of}:project/rings`;

interface Planned {
  readonly plan?: StackPlan;
  readonly lines: readonly string[];
  /** The projects whose tags AWS was asked for. */
  readonly asked: readonly string[];
}

/** The plan of a stack with these values, or what is said of them. */
async function planned(
  values: Readonly<Record<string, unknown>>,
  credentials: string | undefined = account,
  answer: () => Readonly<Record<string, string>> = () => ({ team: "growth" }),
  variables: Readonly<Record<string, string>> = {},
): Promise<Planned> {
  const { configuration, problems } = checkStackConfiguration({ region: "eu-central-1", ...values }, ["abalone"]);
  assert.ok(configuration !== undefined);
  const asked: string[] = [];
  const tags = async (arn: string) => {
    asked.push(arn);
    return answer();
  };
  const running = { project: "sagemaker-training", stack: "dev", credentials, variables };
  try {
    const plan = await stackPlan(running, configuration, problems, tags, new Date("2030-06-01T12:00:00Z"));
    return { plan, lines: [], asked };
  } catch (error) {
    if (!(error instanceof ConfigurationProblems)) throw error;
    return { lines: error.message.split("\n").map((line) => line.replace("stack configuration, ", "")), asked };
  }
}

/** The keys that lines are about. */
const keys = (lines: readonly string[]) => lines.map((line) => line.split(":")[0]).sort();

describe("a stack's plan", function () {
  this.timeout(20_000);

  it("asks for the tags of a project, and gives them to everything", async () => {
    const { plan, asked } = await planned({ sagemakerProjectArn: projectArn(account), tags: { "cost-center": "42" } });
    assert.deepEqual(asked, [projectArn(account)]);
    assert.deepEqual(plan?.tags, { team: "growth", "cost-center": "42" });
    assert.deepEqual(plan.pipelines[0]?.context.tags, plan.tags);
    assert.match(JSON.stringify(plan.pipelines[0]?.definition), /"Value":"growth"/);
  });

  it("asks AWS nothing while something is wrong, and speaks of one account", async () => {
    const { lines, asked } = await planned({ account: other, sagemakerProjectArn: projectArn(account) });
    assert.deepEqual(asked, []);
    assert.deepEqual(lines, [
      `account: this stack belongs to ${other}, but the credentials belong to ${account}; use the right profile, or move the stack to that account: pulumi config set account ${account}`,
      `sagemakerProjectArn: got an ARN in account ${account}; give one in this stack's account ${other}`,
    ]);
  });

  it("refuses more tags than AWS takes, once the project's are known", async () => {
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`tag-${index}`, ""]));
    const { lines } = await planned({ sagemakerProjectArn: projectArn(account) }, account, () => many);
    assert.deepEqual(keys(lines), ["tags"]);
  });

  it("refuses tags that are the project's own in another case, or say something else", async () => {
    const project = { sagemakerProjectName: "rings", sagemakerProjectId: "p-1", onlyPipelines: ["abalone"] };
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

  it("names the variable that a wrong value comes from, and shows keys as a terminal can have them", async () => {
    const variables = { sagemakerPipelineRoleArn: "SAGEMAKER_PIPELINE_ROLE_ARN" };
    const values = { sagemakerPipelineRoleArn: `arn:aws:iam::${other}:role/r`, "a\n\u001b[31mb": 1 };
    assert.deepEqual((await planned(values, account, () => ({}), variables)).lines, [
      "a\\u{a}\\u{1b}[31mb: unknown key; Pulumi.yaml lists all keys",
      `sagemakerPipelineRoleArn (environment variable SAGEMAKER_PIPELINE_ROLE_ARN): got an ARN in account ${other}; give one in this stack's account ${account}`,
    ]);
  });

  it("says what AWS says of a project that it does not tell", async () => {
    const { lines } = await planned({ sagemakerProjectArn: projectArn(account) }, account, () => {
      throw new Error("AccessDenied\n  at a place");
    });
    assert.deepEqual(lines, [
      `sagemakerProjectArn: got ${projectArn(account)}, but AWS did not return its tags (AccessDenied); allow whoever deploys tag:GetResources, or leave it out`,
    ]);
  });

  it("finds everything else where nobody knows whose the credentials are", async () => {
    const { plan, lines } = await planned({ account, pipelines: { abalone: { schedule: "rate(1 day)" } } }, undefined);
    assert.equal(plan, undefined);
    assert.deepEqual(keys(lines), ["pipelines.abalone.schedule"]);
  });

  const image = `${account}.dkr.ecr.us-east-1.amazonaws.com/team/x:1`;
  const together: readonly (readonly [string, Readonly<Record<string, unknown>>, readonly string[]])[] = [
    [
      "a ceiling, and a schedule without data",
      { pipelines: { abalone: { ceiling: -1, schedule: "rate(1 day)" } } },
      ["pipelines.abalone.ceiling", "pipelines.abalone.schedule"],
    ],
    [
      "data that is none, which a schedule does not want for",
      { pipelines: { abalone: { inputDataUrl: "abalone.csv", schedule: "rate(1 day)" } } },
      ["pipelines.abalone.inputDataUrl"],
    ],
    [
      "a misspelt choice, and what is wrong about the pipeline that was meant",
      { onlyPipelines: ["abalon"], pipelines: { abalone: { image, schedule: "at(2001-01-01T00:00:00)" } } },
      [
        ...["onlyPipelines.abalon", "pipelines.abalone.image"],
        ...["pipelines.abalone.schedule", "pipelines.abalone.schedule"],
      ],
    ],
    [
      "an image of another region, also where the role is somebody else's",
      { sagemakerPipelineRoleArn: `arn:aws:iam::${account}:role/r`, pipelines: { abalone: { image } } },
      ["pipelines.abalone.image"],
    ],
    [
      "a state that is kept in the bucket it knows of",
      {
        github: {
          ...{ repository: "octo-org/octo-repo", repositoryId: 1, ownerId: 1 },
          stateBackend: `s3://training-dev-${account}-eu-central-1/state`,
        },
      },
      ["github.stateBackend"],
    ],
    [
      "a repository's number, its provider of tokens, and its workflows",
      {
        github: {
          ...{ repository: "octo-org/octo-repo", repositoryId: "x", ownerId: 1 },
          oidcProviderArn: `arn:aws:iam::${other}:oidc-provider/token.actions.githubusercontent.com`,
          previewWorkflow: ".github/workflows/train.yml",
        },
      },
      ["github.oidcProviderArn", "github.previewWorkflow", "github.repositoryId"],
    ],
  ];
  for (const [what, values, expected] of together)
    it(`says together: ${what}`, async () => assert.deepEqual(keys((await planned(values)).lines), expected));
});
