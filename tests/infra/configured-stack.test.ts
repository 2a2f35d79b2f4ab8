import assert from "node:assert/strict";
import type { Json, PipelineDefinition, StepDefinition } from "../../service-model/definition.ts";
import { stackOutputsSchema } from "../../stack-outputs.ts";
import type { RecordedStack } from "./recorded/record-stack.ts";
import { account, everything, only, record, region, rolePolicy } from "./recorded/recorded.ts";

const subnets = ["subnet-0a0a0a0a", "subnet-0b0b0b0b"];
const kmsKeyArn = everything["sagemaker-training:kmsKeyArn"] ?? "";

function jobs(stack: RecordedStack): readonly StepDefinition[] {
  const { pipelineDefinition } = only(stack, "aws-native:sagemaker:Pipeline").inputs as {
    pipelineDefinition: { pipelineDefinitionBody: string };
  };
  const { Steps } = JSON.parse(pipelineDefinition.pipelineDefinitionBody) as PipelineDefinition;
  return Steps.filter(({ Type }) => Type === "Processing" || Type === "Training");
}

/** Returns the value at a path of a step's arguments. */
function at(step: StepDefinition | undefined, ...path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>(
    (value, key) => (value as { [key: string]: Json } | undefined)?.[key],
    step?.Arguments as Json | undefined,
  );
}

describe("a stack with every setting configured", function () {
  this.timeout(60_000);
  let stack: RecordedStack;

  before(async () => {
    stack = await record({ configuration: everything });
    assert.equal(stack.error, undefined);
  });

  it("runs every job in the VPC and encrypts the traffic between its containers", () => {
    const vpc = { SecurityGroupIds: ["sg-0a0a0a0a"], Subnets: subnets };
    const [preprocess, train, evaluate] = jobs(stack);
    for (const step of [preprocess, evaluate])
      assert.deepEqual(at(step, "NetworkConfig"), { EnableInterContainerTrafficEncryption: true, VpcConfig: vpc });
    assert.deepEqual(at(train, "VpcConfig"), vpc);
    assert.equal(at(train, "EnableInterContainerTrafficEncryption"), true);
  });

  it("encrypts the output and the volumes of jobs with the KMS key, except volumes of instances with local disks", () => {
    const [preprocess, train, evaluate] = jobs(stack);
    for (const step of [preprocess, evaluate]) {
      assert.equal(at(step, "ProcessingOutputConfig", "KmsKeyId"), kmsKeyArn);
      assert.equal(at(step, "ProcessingResources", "ClusterConfig", "VolumeKmsKeyId"), kmsKeyArn);
    }
    assert.equal(at(train, "OutputDataConfig", "KmsKeyId"), kmsKeyArn);
    assert.equal(at(train, "ResourceConfig", "VolumeKmsKeyId"), undefined);
  });

  it("uses only the configured image, and lets the role pull only this one", () => {
    const image = `${account}.dkr.ecr.eu-central-1.amazonaws.com/team/xgboost:3`;
    const used = jobs(stack).map(
      (step) => at(step, "AppSpecification", "ImageUri") ?? at(step, "AlgorithmSpecification", "TrainingImage"),
    );
    assert.deepEqual([...new Set(used)], [image]);
    const { Statement } = JSON.parse(rolePolicy(stack.resources, "execution")) as {
      Statement: { Sid: string; Resource: string[] }[];
    };
    const pull = Statement.find(({ Sid }) => Sid === "PullImages");
    assert.deepEqual(pull?.Resource, [`arn:aws:ecr:eu-central-1:${account}:repository/team/xgboost`]);
  });

  it("starts the pipeline on its schedule, with a role that only Scheduler can assume and that can only start it", () => {
    const { inputs } = only(stack, "aws:scheduler/schedule:Schedule");
    const arn = `arn:aws:sagemaker:eu-central-1:${account}:pipeline/crickets-training-dev`;
    assert.deepEqual(
      [inputs["scheduleExpression"], inputs["scheduleExpressionTimezone"], (inputs["target"] as { arn: string }).arn],
      ["cron(0 3 ? * MON *)", "Europe/Berlin", arn],
    );
    // Scheduler rejects a SageMaker target without parameters; a parameter's own default changes nothing.
    const { sagemakerPipelineParameters } = inputs["target"] as { sagemakerPipelineParameters?: unknown };
    const { pipelineDefinition } = only(stack, "aws-native:sagemaker:Pipeline").inputs as {
      pipelineDefinition: { pipelineDefinitionBody: string };
    };
    const [first] = (JSON.parse(pipelineDefinition.pipelineDefinitionBody) as PipelineDefinition).Parameters;
    assert.deepEqual(sagemakerPipelineParameters, {
      pipelineParameters: [{ name: first?.Name, value: String(first?.DefaultValue) }],
    });
    const role = stack.resources.find(({ type, name }) => type === "aws:iam/role:Role" && name === "schedules");
    const [trust] = JSON.parse(String(role?.inputs["assumeRolePolicy"])).Statement;
    assert.deepEqual(trust.Principal, { Service: "scheduler.amazonaws.com" });
    assert.deepEqual(trust.Condition, {
      StringEquals: { "aws:SourceAccount": account },
      ArnEquals: {
        "aws:SourceArn": `arn:aws:scheduler:eu-central-1:${account}:schedule-group/default`,
      },
    });
    const [statement, ...others] = JSON.parse(rolePolicy(stack.resources, "schedules")).Statement;
    assert.deepEqual([statement.Action, statement.Resource, others], [["sagemaker:StartPipelineExecution"], [arn], []]);
  });

  it("notifies of executions with any status except the four unremarkable ones", () => {
    const { eventPattern } = only(stack, "aws:cloudwatch/eventRule:EventRule").inputs as { eventPattern: string };
    const { detail } = JSON.parse(eventPattern);
    assert.deepEqual(detail, {
      pipelineArn: [
        { "equals-ignore-case": `arn:aws:sagemaker:eu-central-1:${account}:pipeline/crickets-training-dev` },
      ],
      currentPipelineExecutionStatus: [{ "anything-but": ["Executing", "Stopping", "Stopped", "Succeeded"] }],
    });
    const [publish, others, transport] = JSON.parse(
      String(only(stack, "aws:sns/topicPolicy:TopicPolicy").inputs["policy"]),
    ).Statement;
    const events = { Service: "events.amazonaws.com" };
    assert.deepEqual([publish.Principal, publish.Action], [events, "sns:Publish"]);
    // EventBridge sends no aws:SourceAccount to a topic, so a condition would block every message.
    assert.equal(publish.Condition, undefined);
    assert.deepEqual(
      [others.Effect, others.Principal, others.Condition],
      ["Deny", events, { Null: { "aws:SourceAccount": "false" }, StringNotEquals: { "aws:SourceAccount": account } }],
    );
    assert.equal(transport.Effect, "Deny");
    const { protocol, endpoint } = only(stack, "aws:sns/topicSubscription:TopicSubscription").inputs;
    assert.deepEqual([protocol, endpoint], ["email", "training@example.com"]);
  });

  it("sets the retention time of its jobs' log groups, and keeps the groups when it is destroyed", () => {
    const groups = stack.resources.filter(({ type }) => type === "aws:cloudwatch/logGroup:LogGroup");
    assert.deepEqual(
      groups.map(({ inputs: { name, retentionInDays, skipDestroy } }) => [name, retentionInDays, skipDestroy]).sort(),
      [
        ["/aws/sagemaker/ProcessingJobs", 365, true],
        ["/aws/sagemaker/TrainingJobs", 365, true],
        ["/aws/sagemaker/TransformJobs", 365, true],
      ],
    );
  });

  it("gives the permissions boundary to the execution role and the schedules' role", () => {
    const bounded = stack.resources.filter(({ inputs }) => inputs["permissionsBoundary"] !== undefined);
    assert.deepEqual(bounded.map(({ name }) => name).sort(), ["execution", "schedules"]);
  });

  it("exports the failure topic, and the workflows' roles and repository", () => {
    const { failureTopicArn, githubRoleArns, github } = stackOutputsSchema.parse(stack.outputs);
    assert.deepEqual([github?.repositoryId, github?.environment, github?.branch], ["456789", "production", "main"]);
    assert.equal(failureTopicArn, `arn:aws:sns:eu-central-1:${account}:training-dev-failures-eu-central-1`);
    assert.deepEqual(githubRoleArns, {
      preview: `arn:aws:iam::${account}:role/training-dev-preview-eu-central-1`,
      deploy: `arn:aws:iam::${account}:role/training-dev-deploy-eu-central-1`,
      drift: `arn:aws:iam::${account}:role/training-dev-drift-eu-central-1`,
      devStacks: `arn:aws:iam::${account}:role/training-dev-devstacks-eu-central-1`,
    });
    assert.equal(github?.driftEnvironment, "production-drift");
    assert.deepEqual(github?.devStacks, {
      environments: { deploy: "production-devstacks", clean: "production-devstacks-clean" },
      stateBackend: "s3://pulumi-state/devstacks",
      permissionsBoundaryArn: `arn:aws:iam::${account}:policy/boundary`,
    });
  });

  it("creates none of the optional resources if nothing is configured", async () => {
    const plain = await record({ configuration: { ...region, "sagemaker-training:notifyFailures": "false" } });
    const kinds = new Set(plain.resources.map(({ type }) => type.split("/")[0]));
    assert.deepEqual([...kinds].sort(), [
      "aws-native:sagemaker:ModelPackageGroup",
      "aws-native:sagemaker:Pipeline",
      "aws:iam",
      "aws:s3",
    ]);
    for (const step of jobs(plain))
      for (const key of ["NetworkConfig", "VpcConfig", "Tags"]) assert.equal(at(step, key), undefined, key);
  });

  it("rejects mistakes in the GitHub configuration", async () => {
    const github = '{"repository":"octo-org","repositoryId":"x","ownerId":1,"enviroment":"production"}';
    const { error, resources } = await record({ configuration: { ...region, "sagemaker-training:github": github } });
    assert.match(error ?? "", /github\.repository: got "octo-org"; give the repository as ORGANISATION\/NAME/);
    assert.match(error ?? "", /github\.repositoryId: got "x"; give the number of the repository/);
    assert.match(error ?? "", /github\.enviroment: unknown key; give one of repository, repositoryId, /);
    assert.deepEqual(resources, []);
  });
});
