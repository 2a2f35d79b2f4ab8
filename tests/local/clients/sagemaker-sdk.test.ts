import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import {
  DescribeModelPackageCommand,
  DescribePipelineExecutionCommand,
  ListPipelineExecutionsCommand,
} from "@aws-sdk/client-sagemaker";
import { pythonEnvironment } from "../../../local/python/environment.ts";
import { localFolders } from "../../../scripts/local-stack/folders.ts";
import { preparePythonsAndData } from "../../../scripts/local-stack/prepare.ts";
import { discard, type LocalAws, startLocalAws } from "../local-aws.ts";
import { runPython } from "./python-program.ts";

/** What a user of the SDK sets besides the endpoint's address, as `local/README.md` says. */
const defaults = {
  SAGEMAKER_USER_CONFIG_OVERRIDE: fileURLToPath(new URL("../../../local/sagemaker-sdk.yaml", import.meta.url)),
  SAGEMAKER_VALIDATE_ROLE: "false",
};

const sdks = [
  { sdk: "2", approval: "PendingManualApproval" },
  // It approves what it registered.
  { sdk: "3", approval: "Approved" },
] as const;

/** What the programs print: ARNs of what they made. */
interface Made {
  readonly pipeline: string;
  readonly good: string;
  readonly bad: string;
  readonly package: string;
}

describe("the SageMaker Python SDK", () => {
  let aws: LocalAws;
  let data: string;

  before(async function () {
    this.timeout(180_000);
    data = (await preparePythonsAndData(new AbortController().signal, () => {})).data.path;
    aws = await startLocalAws();
  });
  after(() => discard(aws));

  for (const { sdk, approval } of sdks)
    it(`${sdk}.x runs the abalone pipeline unmodified, and another client finds what it made`, async function () {
      this.timeout(240_000);
      const requirements = fileURLToPath(new URL(`sagemaker-sdk-${sdk}.txt`, import.meta.url));
      const environment = { folder: localFolders.python, requirements };
      const { python } = await pythonEnvironment(`sagemaker-sdk-${sdk}`, environment);
      const program = { python, file: `abalone/sdk${sdk}.py`, args: [data], url: aws.url, folder: aws.state };
      const made: Made = JSON.parse((await runPython({ ...program, env: defaults })).trim().split("\n").at(-1) ?? "");

      const status = async (PipelineExecutionArn: string) =>
        (await aws.sagemaker.send(new DescribePipelineExecutionCommand({ PipelineExecutionArn })))
          .PipelineExecutionStatus;
      assert.deepEqual([await status(made.good), await status(made.bad)], ["Succeeded", "Failed"]);
      const runs = await aws.sagemaker.send(new ListPipelineExecutionsCommand({ PipelineName: made.pipeline }));
      assert.ok(runs.PipelineExecutionSummaries?.some((each) => each.PipelineExecutionDisplayName === "too-strict"));
      const registered = await aws.sagemaker.send(new DescribeModelPackageCommand({ ModelPackageName: made.package }));
      assert.equal(registered.ModelApprovalStatus, approval);
    });
});
