import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  DescribeModelPackageCommand,
  DescribePipelineExecutionCommand,
  ListPipelineExecutionsCommand,
} from "@aws-sdk/client-sagemaker";
import { pythonEnvironment } from "../../../local/jobs/python/python-environment.ts";
import { localFolders } from "../../../scripts/local-stack/folders.ts";
import { packagedPath } from "../../pipelines-under-test/packaged-file.ts";
import { useLocalAws } from "../use-local-aws.ts";
import { runPython } from "./python-program.ts";

/** The variables that a user of the SDK sets in addition to the endpoint's URL. Source: `docs/local-endpoint.md`. */
const defaults = {
  SAGEMAKER_USER_CONFIG_OVERRIDE: fileURLToPath(new URL("../../../local/sagemaker-sdk.yaml", import.meta.url)),
};

/** Creates a role with policies, because SDK 3 checks its role. */
async function makeRole(endpoint: string): Promise<void> {
  const credentials = { accessKeyId: "user", secretAccessKey: "user" };
  const iam = new IAMClient({ endpoint, region: "us-east-1", credentials });
  const document = (statement: object) => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  const AssumeRolePolicyDocument = document({
    Effect: "Allow",
    Principal: { Service: "sagemaker.amazonaws.com" },
    Action: "sts:AssumeRole",
  });
  await iam.send(new CreateRoleCommand({ RoleName: "checked", AssumeRolePolicyDocument }));
  const services = ["cloudwatch", "ec2", "ecr", "iam", "logs", "s3", "sagemaker"];
  const PolicyDocument = document({ Effect: "Allow", Action: services.map((name) => `${name}:*`), Resource: "*" });
  await iam.send(new PutRolePolicyCommand({ RoleName: "checked", PolicyName: "all", PolicyDocument }));
}

const sdks = ["2", "3"] as const;

/** The output of the programs: the ARNs of their resources. */
interface Made {
  readonly pipeline: string;
  readonly good: string;
  readonly bad: string;
  readonly package: string;
}

describe("the SageMaker Python SDK", function () {
  this.timeout(420_000);
  const aws = useLocalAws();
  let made: Readonly<Record<string, Promise<Made>>>;

  const run = async (sdk: string, data: string): Promise<Made> => {
    const requirements = fileURLToPath(new URL(`sagemaker-sdk-${sdk}.txt`, import.meta.url));
    const { python } = await pythonEnvironment(`sagemaker-sdk-${sdk}`, { folder: localFolders.python, requirements });
    const program = fileURLToPath(new URL(`abalone/sdk${sdk}.py`, import.meta.url));
    const run = { python, file: "validate-once.py", args: [program, data], env: defaults };
    const printed = await runPython({ ...run, url: aws.url, folder: aws.state });
    return JSON.parse(printed.trim().split("\n").at(-1) ?? "");
  };

  before(async () => {
    const data = await packagedPath();
    await makeRole(aws.url);
    // Runs both in parallel, because the SDKs mostly wait.
    made = Object.fromEntries(sdks.map((sdk) => [sdk, run(sdk, data)]));
    await Promise.allSettled(Object.values(made));
  });

  for (const sdk of sdks)
    it(`${sdk}.x runs the abalone pipeline unmodified and registers the model`, async () => {
      const { pipeline, good, bad, package: ModelPackageName } = (await made[sdk]) ?? assert.fail();
      const status = async (PipelineExecutionArn: string) =>
        (await aws.sagemaker.send(new DescribePipelineExecutionCommand({ PipelineExecutionArn })))
          .PipelineExecutionStatus;
      assert.deepEqual([await status(good), await status(bad)], ["Succeeded", "Failed"]);
      const executions = await aws.sagemaker.send(new ListPipelineExecutionsCommand({ PipelineName: pipeline }));
      assert.ok(
        executions.PipelineExecutionSummaries?.some((each) => each.PipelineExecutionDisplayName === "too-strict"),
      );
      const registered = await aws.sagemaker.send(new DescribeModelPackageCommand({ ModelPackageName }));
      // SDK 2 approves a package from which it makes a model; the program for SDK 3 approves it.
      assert.equal(registered.ModelApprovalStatus, "Approved");
    });
});
