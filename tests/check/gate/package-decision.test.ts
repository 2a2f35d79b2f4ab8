import assert from "node:assert/strict";
import type { UpdateModelPackageInput } from "@aws-sdk/client-sagemaker";
import { type PackageAction, packageDecision } from "../../../check/gate/package-decision.ts";
import type { VerdictName } from "../../../check/gate/verdict.ts";

type Person = Pick<UpdateModelPackageInput, "ModelApprovalStatus" | "ApprovalDescription">;
type Step = VerdictName | Person;
type Package = Person & Pick<UpdateModelPackageInput, "CustomerMetadataProperties">;

const wordsOf = (name: VerdictName) => `Stack check: ${name}. It is a ${name}. The ceiling is 6.`;

function decide(modelPackage: Package, name: VerdictName, approveModels: boolean) {
  return packageDecision({
    modelPackage: { ModelPackageArn: "arn:package", ...modelPackage },
    verdict: { name, reasons: [`It is a ${name}.`, "The ceiling is 6."] },
    approveModels,
    provenance: { execution: "arn:e", definition: "d", code: "c", model: "m", verdict: name },
  });
}

/** A package on which checks (their verdicts) and people (the values they set) have decided in this order. */
function decided(steps: readonly Step[], approveModels = true) {
  let modelPackage: Package = { ModelApprovalStatus: "PendingManualApproval" };
  let action: PackageAction | undefined;
  const updates: UpdateModelPackageInput[] = [];
  for (const step of steps) {
    if (typeof step !== "string") {
      modelPackage = { ...modelPackage, ...step };
      continue;
    }
    const decision = decide(modelPackage, step, approveModels);
    action = decision.action;
    if (decision.update === undefined) continue;
    updates.push(decision.update);
    // Like SageMaker, this adds the new properties to the existing ones.
    const CustomerMetadataProperties = {
      ...modelPackage.CustomerMetadataProperties,
      ...decision.update.CustomerMetadataProperties,
    };
    modelPackage = { ...modelPackage, ...decision.update, CustomerMetadataProperties };
  }
  return { action, modelPackage, updates };
}

describe("packageDecision", () => {
  const [approve, reject] = [{ ModelApprovalStatus: "Approved" }, { ModelApprovalStatus: "Rejected" }] as const;
  const reset = { ModelApprovalStatus: "PendingManualApproval" } as const;
  const endorse = { ModelApprovalStatus: "Approved", ApprovalDescription: "Seen by the risk team" } as const;
  const leave = "left for a person to approve";

  const cases: readonly (readonly [string, readonly Step[], string, string])[] = [
    ["approves a pass", ["pass"], "approved", "Approved"],
    ["rejects a regression", ["regression"], "rejected", "Rejected"],
    ["leaves an inconclusive model for a person", ["inconclusive"], leave, "PendingManualApproval"],
    ["rejects an earlier pass that fails with another threshold", ["pass", "regression"], "rejected", "Rejected"],
    [
      "approves an earlier regression that passes with another threshold",
      ["regression", "pass"],
      "approved",
      "Approved",
    ],
    [
      "leaves an earlier pass for a person if it is inconclusive with another threshold",
      ["pass", "inconclusive"],
      leave,
      "PendingManualApproval",
    ],
    [
      "keeps a person's approval of a regression",
      ["regression", approve, "regression"],
      "left approved, because a person decided",
      "Approved",
    ],
    ["keeps a person's rejection", ["pass", reject, "pass"], "left rejected, because a person decided", "Rejected"],
    [
      "keeps a person's approval of an inconclusive model that later is a regression",
      ["inconclusive", approve, "regression"],
      "left approved, because a person decided",
      "Approved",
    ],
    [
      "keeps a person's approval from before any verdict",
      [approve, "regression"],
      "left approved, because a person decided",
      "Approved",
    ],
    [
      "keeps a person's reset to pending",
      ["pass", reset, "pass"],
      "left pending, because a person decided",
      "PendingManualApproval",
    ],
    [
      "keeps a person's description",
      ["pass", endorse, "regression"],
      "left approved, because a person decided",
      "Approved",
    ],
    [
      "keeps a duplicate that a person approved",
      [approve, "unchanged"],
      "left approved, because a person decided",
      "Approved",
    ],
    ["follows a person's second decision", ["pass", reject, approve, "pass"], "approved", "Approved"],
  ];
  for (const [what, steps, action, status] of cases)
    it(what, () => {
      const { action: done, modelPackage, updates } = decided(steps);
      assert.deepEqual([done, modelPackage.ModelApprovalStatus], [action, status]);
      // The recorded origin is the last check's, whoever decided.
      const last = steps.findLast((step) => typeof step === "string");
      const properties = modelPackage.CustomerMetadataProperties ?? {};
      assert.deepEqual([properties["stack-check:verdict"], properties["stack-check:model"]], [last, "m"]);
      assert.ok(updates.every(({ ModelPackageArn }) => ModelPackageArn === "arn:package"));
      if (!action.endsWith("because a person decided")) {
        assert.equal(modelPackage.ApprovalDescription, last && wordsOf(last));
        assert.equal(properties["stack-check:approval"], status);
      } else if (steps.includes(endorse)) assert.equal(modelPackage.ApprovalDescription, endorse.ApprovalDescription);
    });

  it("removes a duplicate without updating it", () => {
    assert.deepEqual(decide({}, "unchanged", true), { action: "removed" });
    assert.deepEqual(decide({}, "unchanged", false), { action: "removed" });
    assert.equal(decided(["pass", "unchanged"]).action, "removed");
  });

  it("writes only the description if the stack does not let checks approve", () => {
    for (const name of ["pass", "regression", "inconclusive"] as const) {
      const { action, modelPackage, updates } = decided([name], false);
      assert.deepEqual([action, modelPackage.ModelApprovalStatus], [leave, "PendingManualApproval"]);
      assert.equal(modelPackage.ApprovalDescription, wordsOf(name));
      assert.ok(updates.every((update) => !("ModelApprovalStatus" in update)));
    }
    const { modelPackage: approved } = decided(["pass"]);
    assert.equal(
      decide(approved, "regression", false).action,
      "left approved, because checks of this stack do not decide",
    );
    const { action, updates } = decided([approve, "pass"], false);
    assert.equal(action, "left approved, because a person decided");
    assert.ok(updates.every((update) => !("ModelApprovalStatus" in update || "ApprovalDescription" in update)));
  });

  it("writes nothing that the package already has", () => {
    assert.equal(decided(["pass", "pass", "pass"]).updates.length, 1);
    assert.equal(decided(["pass", "regression"]).updates.length, 2);
    assert.equal(decided([approve, "pass", "pass"]).updates.length, 1);
    assert.equal(decided([endorse, "pass", "pass"]).updates.length, 1);
    // A difference in any single part causes an update.
    const { modelPackage } = decided(["pass"]);
    const properties = modelPackage.CustomerMetadataProperties ?? {};
    for (const other of [
      { ...modelPackage, ApprovalDescription: "Stack check: another one" },
      { ...modelPackage, CustomerMetadataProperties: { ...properties, "stack-check:code": "another" } },
    ])
      assert.notEqual(decide(other, "pass", true).update, undefined);
    assert.equal(
      decide({ ...modelPackage, CustomerMetadataProperties: { ...properties, own: "x" } }, "pass", true).update,
      undefined,
    );
  });

  it("cuts the description to the length that SageMaker takes", () => {
    const { update } = packageDecision({
      modelPackage: { ModelPackageArn: "arn:package" },
      verdict: { name: "pass", reasons: ["x".repeat(2000)] },
      approveModels: true,
      provenance: { execution: "arn:e", definition: "d", code: "c", model: "m", verdict: "pass" },
    });
    assert.equal(update?.ApprovalDescription, `Stack check: pass. ${"x".repeat(2000)}`.slice(0, 1024));
  });
});
