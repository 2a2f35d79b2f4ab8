import assert from "node:assert/strict";
import type { AccessedStack } from "../../../infra/github/accessed-stack.ts";
import { deployPermissions } from "../../../infra/github/deploy-permissions.ts";
import { driftPermissions } from "../../../infra/github/drift-permissions.ts";
import { previewPermissions } from "../../../infra/github/preview-permissions.ts";
import { type PolicyStatement, policyDocument } from "../../../infra/permissions/policy.ts";
import {
  account,
  exampleAccessedStack,
  exampleGithub,
  githubRoleArns,
  providerArn,
} from "../configuration/example-stack.ts";
import { told } from "../simulation/simulate.ts";
import { deployCalls, driftCalls, policyOf, previewCalls, roleWrites } from "./calls.ts";
import { outsideCalls } from "./outside-calls.ts";
import { allows, type Call } from "./simulation.ts";

const own = { roleArns: githubRoleArns, oidcProviderArn: providerArn };

function deploying(stack: Partial<AccessedStack> = {}): string {
  return policyDocument(deployPermissions({ ...exampleAccessedStack, ...stack }, exampleGithub, own));
}

const policies = {
  preview: { policy: policyDocument(previewPermissions(exampleAccessedStack, exampleGithub)), calls: previewCalls },
  deploy: { policy: deploying(), calls: deployCalls },
  drift: { policy: policyDocument(driftPermissions(exampleAccessedStack, exampleGithub, own)), calls: driftCalls },
};

/** Returns the calls that a policy wrongly allows or denies. */
async function wrong(policy: string, calls: readonly Call[], expected: boolean): Promise<readonly string[]> {
  const answers = await Promise.all(calls.map((call) => allows(policy, call)));
  return calls.filter((_, index) => answers[index] !== expected).map(told);
}

/** Rewrites the ARNs of subscriptions and log groups from AWS's spelling to the simulator's. */
const otherSpelling = /:(sns|logs):.*[^*]:\*$/;

function statementsOf(policy: string): readonly PolicyStatement[] {
  return JSON.parse(policy).Statement;
}

/** Replaces a statement of the policy by others, or removes it. */
function replaced(policy: string, index: number, instead: readonly PolicyStatement[]): string {
  const statements = statementsOf(policy).flatMap((statement, place) => (place === index ? instead : [statement]));
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/** Returns copies of the statement, each without one of its actions or resources. */
function narrower(statement: PolicyStatement): readonly (readonly [string, readonly PolicyStatement[]])[] {
  const parts = (["Action", "Resource"] as const).flatMap((part) => statement[part].map((left) => ({ part, left })));
  return parts
    .filter(({ left }) => !otherSpelling.test(left))
    .map(({ part, left }) => {
      const rest = statement[part].filter((entry) => entry !== left);
      return [left, rest.length === 0 ? [] : [{ ...statement, [part]: rest }]];
    });
}

describe("the permissions of the workflows' roles", function () {
  this.timeout(60_000);

  for (const [role, { policy, calls }] of Object.entries(policies)) {
    it(`allow the ${role} role every call of its workflow`, async () => {
      assert.deepEqual(await wrong(policy, calls, true), []);
    });

    it(`deny the ${role} role ${outsideCalls.length} other calls`, async () => {
      assert.deepEqual(await wrong(policy, outsideCalls, false), []);
    });

    it(`have only actions and resources that the ${role} role's calls need`, async () => {
      for (const [index, statement] of statementsOf(policy).entries()) {
        const touched = calls.filter(([action]) => statement.Action.includes(action));
        for (const [left, instead] of narrower(statement)) {
          const denied = await wrong(replaced(policy, index, instead), touched, true);
          assert.notDeepEqual(denied, [], `${statement.Sid} has ${left}, which nothing needs`);
        }
      }
    });

    it(`have only conditions that deny the ${role} role something`, async () => {
      for (const [index, statement] of statementsOf(policy).entries()) {
        const { Condition, ...open } = statement;
        if (Condition === undefined) continue;
        const allowed = await wrong(replaced(policy, index, [open]), outsideCalls, false);
        assert.notDeepEqual(allowed, [], statement.Sid);
      }
    });

    it(`name the ${role} role's actions without wildcards`, () => {
      for (const { Action } of statementsOf(policy))
        for (const action of Action) assert.match(action, /^[a-z0-9]+:\w+$/);
    });
  }

  for (const role of ["preview", "drift"] as const)
    it(`deny the ${role} role the deploy's other calls, such as writing state or approving models`, async () => {
      const own = new Set(policies[role].calls.map(told));
      const isRead = ([action, resource]: Call) => action === "s3:GetObject" && resource.includes("/.pulumi/");
      const beside = deployCalls.filter((call) => !own.has(told(call)) && !isRead(call));
      assert.deepEqual(await wrong(policies[role].policy, beside, false), []);
      for (const action of ["s3:PutObject", "s3:DeleteObject", "sagemaker:UpdateModelPackage", "iam:PutRolePolicy"])
        assert.ok(
          beside.some((call) => call[0] === action),
          action,
        );
    });

  it("let the drift role read code, but no data and no evaluation", async () => {
    const objects = ["data/0/crickets.csv", "runs/uukpafgfess9/evaluation/evaluation.json"].map(
      (path): Call => ["s3:GetObject", `arn:aws:s3:::${exampleAccessedStack.bucketName}/crickets/${path}`],
    );
    assert.deepEqual(await wrong(policies.drift.policy, objects, false), []);
  });

  const model = `arn:aws:sagemaker:eu-central-1:${account}:model-package/crickets-training-dev/3`;
  const approval: Call = ["sagemaker:UpdateModelPackage", model, { "sagemaker:ModelApprovalStatus": "Approved" }];

  it("let a deploy approve models only if approveModels is configured", async () => {
    assert.equal(await allows(deploying({ approvesModels: true }), approval), true);
    assert.equal(await allows(deploying({ approvesModels: false }), approval), false);
    const undecided = { "sagemaker:ModelApprovalStatus": "PendingManualApproval" };
    for (const approvesModels of [true, false]) {
      const role = deploying({ approvesModels });
      assert.equal(await allows(role, ["sagemaker:UpdateModelPackage", model, undecided]), approvesModels);
      // The check records the provenance on a model in both cases.
      assert.equal(await allows(role, ["sagemaker:UpdateModelPackage", model]), true);
    }
  });

  it("deny a deploy changes of an existing bucket's settings and of an existing role", async () => {
    const adopting = deploying({ ownsBucket: false, ownsExecutionRole: false });
    const bucket = `arn:aws:s3:::${exampleAccessedStack.bucketName}`;
    const writes: readonly Call[] = [
      ...["s3:PutBucketPolicy", "s3:CreateBucket", "s3:PutLifecycleConfiguration"].map(
        (action): Call => [action, bucket],
      ),
      ...roleWrites.map((action): Call => [action, exampleAccessedStack.executionRoleArn]),
    ];
    assert.deepEqual(await wrong(adopting, writes, false), []);
    const uses: readonly Call[] = [
      ["s3:PutObject", `${bucket}/crickets/code/0/evaluate.py`],
      ["iam:PassRole", exampleAccessedStack.executionRoleArn, { "iam:PassedToService": "sagemaker.amazonaws.com" }],
    ];
    assert.deepEqual(await wrong(adopting, uses, true), []);
    const asking: readonly Call[] = [
      ["iam:SimulatePrincipalPolicy", exampleAccessedStack.executionRoleArn],
      ["iam:GetRole", exampleAccessedStack.executionRoleArn],
    ];
    const previewing = (ownsExecutionRole: boolean) =>
      policyDocument(previewPermissions({ ...exampleAccessedStack, ownsExecutionRole }, exampleGithub));
    for (const adopts of [adopting, previewing(false)]) assert.deepEqual(await wrong(adopts, asking, true), []);
    assert.deepEqual(await wrong(previewing(true), asking, false), []);
    // A deploy also reads the roles that it may change.
    assert.deepEqual(await wrong(deploying(), asking.slice(0, 1), false), []);
  });

  describe("with a permissions boundary", () => {
    const boundary = `arn:aws:iam::${account}:policy/training-boundary`;
    const bounded = deploying({ permissionsBoundaryArn: boundary });
    const raising = (context: Readonly<Record<string, string>>) =>
      [...roleWrites, "iam:PutRolePermissionsBoundary"].map(
        (action): Call => [action, exampleAccessedStack.executionRoleArn, context],
      );

    it("let a deploy change a role only if the role has that boundary", async () => {
      assert.deepEqual(await wrong(bounded, raising({ "iam:PermissionsBoundary": boundary }), true), []);
      assert.deepEqual(await wrong(bounded, raising({ "iam:PermissionsBoundary": `${boundary}-2` }), false), []);
      assert.deepEqual(await wrong(bounded, raising({}), false), []);
    });

    it("let a deploy attach the role's own policies only if the role has that boundary", async () => {
      const { executionRoleArn } = exampleAccessedStack;
      const attach = (context: Readonly<Record<string, string>>): Call => [
        "iam:AttachRolePolicy",
        executionRoleArn,
        { "iam:PolicyARN": policyOf(executionRoleArn, 1), ...context },
      ];
      assert.equal(await allows(bounded, attach({ "iam:PermissionsBoundary": boundary })), true);
      assert.equal(await allows(bounded, attach({})), false);
    });

    it("deny a deploy removing a boundary, and setting one if none is configured", async () => {
      const removal: Call = ["iam:DeleteRolePermissionsBoundary", exampleAccessedStack.executionRoleArn];
      assert.deepEqual(await wrong(bounded, [removal, ...outsideCalls], false), []);
      const own = { "iam:PermissionsBoundary": boundary };
      assert.equal(
        await allows(deploying(), ["iam:PutRolePermissionsBoundary", exampleAccessedStack.executionRoleArn, own]),
        false,
      );
    });
  });

  it("have no statements for a state in Pulumi Cloud or for optional resources that the stack lacks", async () => {
    const least: AccessedStack = {
      ...exampleAccessedStack,
      ...{ kmsKeyArn: undefined, scheduleRoleArn: undefined, topicName: undefined, scheduleNames: [] },
      ...{ ruleNames: [], logGroupNames: [], approvesModels: false, readsProjectTags: false },
    };
    const place = { stateBackend: undefined };
    const sids = (policy: string) => statementsOf(policy).map(({ Sid }) => Sid);
    assert.deepEqual(sids(policyDocument(previewPermissions(least, place))), ["ListModels"]);
    assert.deepEqual(sids(policyDocument(deployPermissions(least, place, { roleArns: githubRoleArns }))), [
      ...["ReadBucket", "KeepBucket", "UploadCode", "ReadCodeAndEvaluations", "ReadRoles", "WriteRoles", "KeepRoles"],
      ...[
        "AttachPolicies",
        "ReadPolicies",
        "KeepPolicies",
        "PassExecutionRole",
        "UseCloudControl",
        "KeepPipelines",
        "KeepModelPackageGroups",
        "RunPipelines",
      ],
      ...["ReadJobs", "FindJobLogs", "ReadJobLogs", "ListModels", "ReadAndRemoveModels", "DecideOnModels"],
    ]);
    for (const policy of [
      policyDocument(previewPermissions(least, place)),
      policyDocument(deployPermissions(least, place, { roleArns: githubRoleArns })),
    ])
      for (const { Resource } of statementsOf(policy)) assert.notDeepEqual(Resource, []);
  });

  it("stay the same when a pipeline folder is added", () => {
    assert.doesNotMatch(deploying(), /crickets/);
  });
});
