import assert from "node:assert/strict";
import {
  CreateModelPackageCommand,
  CreateModelPackageGroupCommand,
  UpdateModelPackageCommand,
  type UpdateModelPackageInput,
} from "@aws-sdk/client-sagemaker";
import { decideOnPackage, describedPackage } from "../../../scripts/gate/model-package.ts";
import type { VerdictName } from "../../../scripts/gate/verdict.ts";
import { discard, type LocalAws, startLocalAws } from "../../local/local-aws.ts";

type Person = Pick<UpdateModelPackageInput, "ModelApprovalStatus" | "ApprovalDescription">;
type Step = VerdictName | Person;

const group = "models";

describe("what a check does with a registered model", function () {
  this.timeout(60_000);
  let aws: LocalAws;
  before(async () => {
    aws = await startLocalAws();
    await aws.sagemaker.send(new CreateModelPackageGroupCommand({ ModelPackageGroupName: group }));
  });
  after(() => discard(aws));

  async function register(): Promise<string> {
    const created = await aws.sagemaker.send(
      new CreateModelPackageCommand({
        ModelPackageGroupName: group,
        InferenceSpecification: {
          Containers: [{ Image: "image", ModelDataUrl: "s3://bucket/model.tar.gz" }],
          SupportedContentTypes: ["text/csv"],
          SupportedResponseMIMETypes: ["text/csv"],
        },
        ModelApprovalStatus: "PendingManualApproval",
      }),
    );
    return created.ModelPackageArn ?? "";
  }

  async function decide(modelPackageArn: string, name: VerdictName, approveModels = true): Promise<string> {
    return decideOnPackage({
      ...{ sagemaker: aws.sagemaker, modelPackageArn, approveModels },
      found: await describedPackage(aws.sagemaker, modelPackageArn),
      verdict: { name, reasons: [`It is a ${name}.`, "The ceiling is 6."] },
      provenance: { execution: "arn:e", definition: "d", code: "c", model: "m", verdict: name },
    });
  }

  /** A package that checks (by their verdicts) and persons (by what they set) have decided on, one after the other. */
  async function decided(steps: readonly Step[], approveModels = true) {
    const arn = await register();
    let action = "";
    for (const step of steps) {
      if (typeof step === "string") action = await decide(arn, step, approveModels);
      else await aws.sagemaker.send(new UpdateModelPackageCommand({ ModelPackageArn: arn, ...step }));
    }
    return { action, found: await describedPackage(aws.sagemaker, arn), arn };
  }

  const [approve, reject] = [{ ModelApprovalStatus: "Approved" }, { ModelApprovalStatus: "Rejected" }] as const;
  const reset = { ModelApprovalStatus: "PendingManualApproval" } as const;
  const endorse = { ModelApprovalStatus: "Approved", ApprovalDescription: "Seen by the risk team" } as const;
  const leave = "left for a person to approve";

  const cases: readonly (readonly [string, readonly Step[], string, string])[] = [
    ["a pass is approved", ["pass"], "approved", "Approved"],
    ["a regression is rejected", ["regression"], "rejected", "Rejected"],
    ["what is inconclusive waits for a person", ["inconclusive"], leave, "PendingManualApproval"],
    ["a pass by one threshold is rejected by another", ["pass", "regression"], "rejected", "Rejected"],
    ["a rejection by one threshold is a pass by another", ["regression", "pass"], "approved", "Approved"],
    [
      "a pass that is inconclusive by another threshold waits",
      ["pass", "inconclusive"],
      leave,
      "PendingManualApproval",
    ],
    [
      "what a person approved stays",
      ["regression", approve, "regression"],
      "left approved, as somebody decided",
      "Approved",
    ],
    ["what a person rejected stays", ["pass", reject, "pass"], "left rejected, as somebody decided", "Rejected"],
    [
      "also by another verdict",
      ["inconclusive", approve, "regression"],
      "left approved, as somebody decided",
      "Approved",
    ],
    ["also before any verdict", [approve, "regression"], "left approved, as somebody decided", "Approved"],
    ["also where it is to wait", ["pass", reset, "pass"], "left pending, as somebody decided", "PendingManualApproval"],
    ["also a person's own words", ["pass", endorse, "regression"], "left approved, as somebody decided", "Approved"],
    ["also from a duplicate", [approve, "unchanged"], "left approved, as somebody decided", "Approved"],
    ["what a person decided may be decided again", ["pass", reject, approve, "pass"], "approved", "Approved"],
  ];
  for (const [what, steps, action, status] of cases)
    it(what, async () => {
      const { action: done, found } = await decided(steps);
      assert.deepEqual([done, found?.ModelApprovalStatus], [action, status]);
      // The record of where it comes from is the last check's, whoever decided.
      const last = steps.findLast((step) => typeof step === "string");
      assert.equal(found?.CustomerMetadataProperties?.["stack-check:verdict"], last);
      assert.equal(found?.CustomerMetadataProperties?.["stack-check:model"], "m");
      if (!action.endsWith("as somebody decided"))
        assert.equal(found?.ApprovalDescription, `Stack check: ${last}. It is a ${last}. The ceiling is 6.`);
      else if (steps.includes(endorse)) assert.equal(found?.ApprovalDescription, endorse.ApprovalDescription);
    });

  it("a duplicate is removed, and one that is gone already is no error", async () => {
    const { action, found, arn } = await decided(["pass", "unchanged"]);
    assert.deepEqual([action, found], ["removed", undefined]);
    assert.equal(await decide(arn, "pass"), "removed");
  });

  it("where no check approves, the verdict is left as words, without an approval in the request", async () => {
    aws.faults.add([{ fault: "latency", operation: "UpdateModelPackage", milliseconds: 1 }]);
    for (const name of ["pass", "regression", "inconclusive"] as const) {
      const { action, found } = await decided([name], false);
      assert.deepEqual([action, found?.ModelApprovalStatus], [leave, "PendingManualApproval"]);
      assert.equal(found?.ApprovalDescription, `Stack check: ${name}. It is a ${name}. The ceiling is 6.`);
    }
    const before = await decided(["pass"]);
    assert.equal(await decide(before.arn, "regression", false), "left approved, as no check of this stack decides now");
    assert.equal((await decided([approve, "pass"], false)).action, "left approved, as somebody decided");
    aws.faults.clear();
  });

  it("nothing is written that is there already, as an update is an event to whoever deploys", async () => {
    aws.faults.add([{ fault: "latency", operation: "UpdateModelPackage", milliseconds: 1 }]);
    const { arn } = await decided(["pass", "pass", "pass"]);
    assert.equal(aws.faults.list()[0]?.fired, 1);
    await decide(arn, "regression");
    assert.equal(aws.faults.list()[0]?.fired, 2);
    aws.faults.clear();
  });
});
