import assert from "node:assert/strict";
import { checkStackConfiguration } from "../../infra/configuration/check-stack-configuration.ts";
import { modelPackageGroupArns, pipelineArns } from "../../infra/github/accessed-stack.ts";
import { workflowRoles } from "../../infra/github/workflow-roles.ts";
import { policyDocument } from "../../infra/permissions/policy.ts";
import { stackNames } from "../../infra/stack-names.ts";
import { workflowAccess } from "../../infra/workflow-access.ts";
import { stackOutputsSchema } from "../../stack-outputs.ts";
import { leastConfiguration } from "./configuration/example-stack.ts";
import type { RecordedStack } from "./recorded/record-stack.ts";
import { account, everything, only, record, rolePolicy } from "./recorded/recorded.ts";
import { allows, type Call, told } from "./simulation/simulate.ts";

const region = "eu-central-1";
const [pipelineName, group] = ["Rings-Of-Crickets", "Ring-Models"];
const arn = (resource: string) => `arn:aws:sagemaker:${region}:${account}:${resource}`;

/** The two spellings of a name in ARNs: SageMaker writes older names in lower case. */
const spellings = (name: string) => [name, name.toLowerCase()];

/** Returns the calls that a policy of the role denies. */
async function denied(role: string, policy: unknown, calls: readonly Call[]): Promise<readonly string[]> {
  const answers = await Promise.all(calls.map((call) => allows(role, String(policy), call)));
  return calls.filter((_, index) => !answers[index]).map(told);
}

describe("a stack whose names have capitals", function () {
  this.timeout(60_000);
  let stack: RecordedStack;
  const role = `arn:aws:iam::${account}:role/any`;

  before(async () => {
    const own = JSON.parse(everything["sagemaker-training:pipelines"] ?? "") as { readonly crickets: object };
    const pipelines = { crickets: { ...own.crickets, name: pipelineName, modelPackageGroup: group } };
    const configuration = { ...everything, "sagemaker-training:pipelines": JSON.stringify(pipelines) };
    stack = await record({ stack: "Team-Dev", configuration });
    assert.equal(stack.error, undefined);
  });

  it("lets the execution role register in the group, however SageMaker spells its ARN", async () => {
    const calls = spellings(group).flatMap((name): Call[] => [
      ["sagemaker:CreateModelPackageGroup", arn(`model-package-group/${name}`)],
      [
        "sagemaker:CreateModelPackage",
        arn(`model-package/${name}/1`),
        { "sagemaker:ModelApprovalStatus": "PendingManualApproval" },
      ],
      ["sagemaker:DescribeModelPackage", arn(`model-package/${name}/1`)],
    ]);
    assert.deepEqual(await denied(role, rolePolicy(stack.resources, "execution"), calls), []);
  });

  it("lets the workflows' deploy role keep, run and check the pipeline and its models", async () => {
    const calls = [
      ...spellings(pipelineName).flatMap((name): Call[] => [
        ["sagemaker:UpdatePipeline", arn(`pipeline/${name}`)],
        ["sagemaker:StartPipelineExecution", arn(`pipeline/${name}`)],
        ["sagemaker:DescribePipelineExecution", arn(`pipeline/${name}/execution/abcdefghijkl`)],
      ]),
      ...spellings(group).map((name): Call => ["sagemaker:DescribeModelPackage", arn(`model-package/${name}/1`)]),
    ];
    assert.deepEqual(await denied(role, rolePolicy(stack.resources, "github-deploy"), calls), []);
  });

  it("starts the pipeline on its schedule by its own name, and lets the role start both spellings", async () => {
    const { target } = only(stack, "aws:scheduler/schedule:Schedule").inputs as { target: { arn: string } };
    assert.equal(target.arn, arn(`pipeline/${pipelineName}`));
    const start = spellings(pipelineName).map(
      (name): Call => ["sagemaker:StartPipelineExecution", arn(`pipeline/${name}`)],
    );
    assert.deepEqual(await denied(role, rolePolicy(stack.resources, "schedules"), start), []);
  });

  it("reports failures by a pattern that ignores the case of the pipeline's ARN", () => {
    const rules = stack.resources.filter(({ type }) => type === "aws:cloudwatch/eventRule:EventRule");
    const patterns = rules.map(({ inputs }) => JSON.parse(String(inputs["eventPattern"])).detail.pipelineArn);
    assert.deepEqual(patterns.flat(), [{ "equals-ignore-case": arn(`pipeline/${pipelineName}`) }]);
  });

  it("exports the pipeline's ARN with the name as it was given", () => {
    const { pipelines } = stackOutputsSchema.parse(stack.outputs);
    assert.deepEqual(
      [pipelines["crickets"]?.arn, pipelines["crickets"]?.modelPackageGroup],
      [arn(`pipeline/${pipelineName}`), group],
    );
  });

  it("lets the deploy role make a pipeline of a folder with capitals, and reach the state of a project with capitals", async () => {
    const github = { ...leastConfiguration, stateBackend: "s3://team-state" };
    const { configuration } = checkStackConfiguration({ region, github }, ["Crickets"]);
    assert.ok(configuration !== undefined);
    const names = stackNames("Team-Dev", account, region);
    const pulumi = { project: "Sagemaker-Training", stack: "Team-Dev", account };
    const access = workflowAccess(
      pulumi,
      configuration,
      { names, folders: ["Crickets"], registering: ["Crickets"] },
      {},
    );
    assert.ok(access !== undefined);
    const name = names.pipeline("Crickets");
    const calls = [
      ...spellings(name).flatMap((one): Call[] => [
        ["sagemaker:CreatePipeline", arn(`pipeline/${one}`)],
        ["sagemaker:CreateModelPackageGroup", arn(`model-package-group/${one}`)],
      ]),
      ["s3:PutObject", "arn:aws:s3:::team-state/.pulumi/stacks/Sagemaker-Training/Team-Dev.json"] as const,
    ];
    assert.deepEqual(await denied(role, policyDocument(workflowRoles(access).deploy.statements), calls), []);
    assert.deepEqual(
      [...pipelineArns(access.stack), ...modelPackageGroupArns(access.stack)],
      [arn(`pipeline/${names.pipeline("*")}`), arn(`model-package-group/${names.pipeline("*")}`)],
    );
  });
});
