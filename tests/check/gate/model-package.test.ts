import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import {
  CreateModelPackageCommand,
  CreateModelPackageGroupCommand,
  DescribeModelPackageCommand,
  UpdateModelPackageCommand,
} from "@aws-sdk/client-sagemaker";
import { decideOnPackage } from "../../../check/gate/model-package.ts";
import type { VerdictName } from "../../../check/gate/verdict.ts";
import { ExitError } from "../../../exit-code.ts";
import { put } from "../../local/local-aws.ts";
import { useLocalAws } from "../../local/use-local-aws.ts";

const group = "models";

describe("decideOnPackage", function () {
  this.timeout(60_000);
  const aws = useLocalAws();
  let ModelDataUrl: string;
  before(async () => {
    ModelDataUrl = await put(aws, "model.tar.gz", "the model");
    await aws.sagemaker.send(new CreateModelPackageGroupCommand({ ModelPackageGroupName: group }));
  });

  async function register(): Promise<string> {
    const created = await aws.sagemaker.send(
      new CreateModelPackageCommand({
        ModelPackageGroupName: group,
        InferenceSpecification: {
          Containers: [{ Image: "image", ModelDataUrl }],
          SupportedContentTypes: ["text/csv"],
          SupportedResponseMIMETypes: ["text/csv"],
        },
        ModelApprovalStatus: "PendingManualApproval",
      }),
    );
    return created.ModelPackageArn ?? "";
  }

  async function decide(modelPackageArn: string, name: VerdictName, evaluated = "the model"): Promise<string> {
    const model = createHash("sha256").update(evaluated).digest("hex");
    return decideOnPackage({
      ...{ clients: aws, modelPackageArn, approveModels: true, signal: new AbortController().signal },
      verdict: { name, reasons: ["The ceiling is 6."] },
      provenance: { execution: "arn:e", definition: "d", code: "c", model, verdict: name },
    });
  }

  const described = (ModelPackageName: string) =>
    aws.sagemaker.send(new DescribeModelPackageCommand({ ModelPackageName }));

  it("sets the status, the description and the origin of the model according to the verdict", async () => {
    const arn = await register();
    assert.equal(await decide(arn, "pass"), "approved");
    const { ModelApprovalStatus, ApprovalDescription, CustomerMetadataProperties } = await described(arn);
    assert.deepEqual([ModelApprovalStatus, ApprovalDescription], ["Approved", "Stack check: pass. The ceiling is 6."]);
    assert.equal(CustomerMetadataProperties?.["stack-check:execution"], "arn:e");
    assert.equal(await decide(arn, "inconclusive"), "left for a person to approve");
    assert.equal((await described(arn)).ModelApprovalStatus, "PendingManualApproval");
  });

  it("changes nothing if a person decides while the model is downloaded", async () => {
    for (const [name, status] of [
      ["pass", "Rejected"],
      ["unchanged", "Approved"],
      ["inconclusive", "Approved"],
    ] as const) {
      const arn = await register();
      aws.faults.add([{ service: "s3", operation: "GetObject", fault: "latency", milliseconds: 500 }]);
      const deciding = decide(arn, name);
      while (aws.faults.list()[0]?.fired === 0) await sleep(5);
      await aws.sagemaker.send(new UpdateModelPackageCommand({ ModelPackageArn: arn, ModelApprovalStatus: status }));
      assert.equal(await deciding, `left ${status.toLowerCase()}, because a person decided`);
      assert.equal((await described(arn)).ModelApprovalStatus, status);
      aws.faults.clear();
    }
  });

  it("removes a duplicate, even if it is already gone", async () => {
    const arn = await register();
    assert.equal(await decide(arn, "unchanged"), "removed");
    await assert.rejects(described(arn), /does not exist/);
    for (const name of ["unchanged", "pass", "regression"] as const) assert.equal(await decide(arn, name), "removed");
  });

  it("changes nothing if the package already has the wanted state", async () => {
    const arn = await register();
    await decide(arn, "pass");
    const { LastModifiedTime } = await described(arn);
    await decide(arn, "pass");
    assert.deepEqual((await described(arn)).LastModifiedTime, LastModifiedTime);
  });

  it("rejects an S3 model that differs from the evaluated one with exit code 5, unless the verdict rejects it anyway", async () => {
    const arn = await register();
    for (const name of ["pass", "unchanged", "inconclusive"] as const)
      await assert.rejects(
        decide(arn, name, "another model"),
        (error) =>
          error instanceof ExitError && error.code === 5 && /is not the one that was evaluated/.test(error.message),
      );
    assert.equal((await described(arn)).ApprovalDescription, undefined);
    assert.equal(await decide(arn, "regression", "another model"), "rejected");
  });
});
