import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { PolicyStatement } from "../../../infra/policy.ts";
import { readRecordedCalls } from "../../../local/authorization/recorded-calls.ts";
import { account as localAccount } from "../../../local/sagemaker/arn.ts";
import { repository } from "../../../scripts/local-stack/folders.ts";
import { FreshClone } from "../../fresh-clone.ts";
import { everything, record } from "../recorded.ts";
import { nearMisses, outsideCalls } from "./outside-calls.ts";
import { serviceCalls, type UsedByJobs } from "./service-calls.ts";
import { allows, type Call, told } from "./simulate.ts";

const region = "us-east-1";
const account = localAccount;
const role = `arn:aws:iam::${account}:role/training-local-execution-${region}`;
const group = "abalone-training-local";

/** The stack of `npm start`, with more in its configuration: the names are those of the recorded calls. */
async function policyOf(configuration: Readonly<Record<string, string>>): Promise<string> {
  const file = parse(readFileSync(join(repository, "Pulumi.local.yaml"), "utf8")) as {
    config: Record<string, unknown>;
  };
  const own = Object.fromEntries(Object.entries(file.config).map(([key, value]) => [key, String(value)]));
  const { error, resources } = await record({ stack: "local", account, configuration: { ...own, ...configuration } });
  assert.equal(error, undefined);
  const found = resources.find(({ type, name }) => type === "aws:iam/rolePolicy:RolePolicy" && name === "execution");
  return String(found?.inputs["policy"]);
}

/** A configuration for every account and region, in this one. */
function here(configuration: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const text = JSON.stringify(configuration).replaceAll("111122223333", account).replaceAll("eu-central-1", region);
  return JSON.parse(text);
}

const plain: UsedByJobs = {
  ...{ account, region, bucket: `training-local-${account}-${region}`, prefix: "abalone" },
  repositories: ["683313688378:repository/sagemaker-xgboost"],
  ...{ keys: {}, subnets: [], securityGroups: [] },
};
const key = `arn:aws:kms:${region}:${account}:key/1234`;
const stacks: readonly (readonly [string, Readonly<Record<string, string>>, UsedByJobs])[] = [
  ["of the local stack", {}, plain],
  [
    "with everything that a configuration can ask for",
    // The data that was recorded is below the prefix; what this configuration names is elsewhere.
    here({ ...everything, "sagemaker-training:notifyFailures": "true" }),
    {
      ...plain,
      repositories: [`${account}:repository/team/xgboost`],
      keys: { objects: key, volumes: key },
      ...{ subnets: ["subnet-0a", "subnet-0b"], securityGroups: ["sg-0a"], data: ["lake", "abalone.csv"] },
    },
  ],
];

function statementsOf(policy: string): readonly PolicyStatement[] {
  return JSON.parse(policy).Statement;
}

function policyWith(statements: readonly PolicyStatement[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/** Those of the calls that a policy answers otherwise than it should. */
async function wrong(policy: string, calls: readonly Call[], expected: boolean): Promise<readonly string[]> {
  const answers = await Promise.all(calls.map((call) => allows(role, policy, call)));
  return calls.filter((_, index) => answers[index] !== expected).map(told);
}

/** A statement without each of its actions, its resources and the values of its conditions, and nothing in its place. */
function narrower(statement: PolicyStatement): readonly (readonly [string, readonly PolicyStatement[]])[] {
  const parts = (["Action", "Resource"] as const).flatMap((part) =>
    statement[part].map((left): readonly [string, readonly PolicyStatement[]] => {
      const rest = statement[part].filter((entry) => entry !== left);
      return [left, rest.length === 0 ? [] : [{ ...statement, [part]: rest }]];
    }),
  );
  const values = Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).flatMap(([key, several]) =>
      Array.isArray(several)
        ? several.map((left: string): readonly [string, readonly PolicyStatement[]] => {
            const rest = several.filter((value: string) => value !== left);
            return [`${key} ${left}`, [{ ...statement, Condition: { [operator]: { [key]: rest } } }]];
          })
        : [],
    ),
  );
  return [["the whole statement", []], ...parts, ...values];
}

describe("the execution role's policy, simulated", function () {
  this.timeout(300_000);
  let recorded: readonly Call[];
  const deniedCalls = new Set<string>();

  before(async () => {
    const clone = await FreshClone.make();
    try {
      const calls: Call[] = [];
      // The first run has no baseline, the second one reads it.
      for (const run of [1, 2]) {
        const { code, output } = await clone.npmStart();
        assert.equal(code, 0, `run ${run}: ${output}`);
        for (const { role: caller, action, resource, context } of readRecordedCalls(
          join(clone.folder, ".local", "state", "calls.jsonl"),
        )) {
          assert.equal(caller, role);
          calls.push([action, resource, context ?? {}]);
        }
      }
      recorded = [...new Map(calls.map((call) => [told(call), call])).values()];
    } finally {
      clone.remove();
    }
  });

  it("is simulated on the calls of a real run, of every kind that the pipeline makes", () => {
    const actions = new Set(recorded.map(([action]) => action));
    assert.deepEqual([...actions].sort(), [
      "iam:PassRole",
      "s3:GetObject",
      "s3:ListBucket",
      "s3:PutObject",
      "sagemaker:AddTags",
      "sagemaker:CreateModelPackage",
      "sagemaker:CreateProcessingJob",
      "sagemaker:CreateTrainingJob",
      "sagemaker:DescribeModelPackage",
      "sagemaker:DescribeProcessingJob",
      "sagemaker:DescribeTrainingJob",
    ]);
    const baseline = recorded.filter(
      ([action, resource]) => action === "s3:GetObject" && resource.endsWith("model.tar.gz"),
    );
    assert.ok(baseline.length > 0, "the baseline's model was read");
  });

  for (const [which, configuration, used] of stacks)
    describe(which, () => {
      let policy: string;
      let needed: readonly Call[];
      const outside = Object.entries(outsideCalls(used, role, group));

      before(async () => {
        policy = await policyOf(configuration);
        needed = [...recorded, ...serviceCalls.flatMap(({ calls }) => calls(used))];
      });

      it("allows every call of the run, and every one that AWS makes with it", async () => {
        assert.deepEqual(await wrong(policy, needed, true), []);
      });

      it("has nothing that no call needs: without any part of it, a call is denied", async () => {
        const unused: string[] = [];
        for (const [index, statement] of statementsOf(policy).entries()) {
          const touched = needed.filter(([action]) => statement.Action.includes(action));
          for (const [left, instead] of narrower(statement)) {
            const rest = statementsOf(policy).flatMap((other, place) => (place === index ? instead : [other]));
            const denied = rest.length === 0 ? touched.map(told) : await wrong(policyWith(rest), touched, true);
            if (denied.length === 0) unused.push(`${statement.Sid}: ${left}`);
          }
        }
        assert.deepEqual(unused, []);
      });

      it("has no condition that changes nothing: without it, a call outside is allowed", async () => {
        const all = outside.flatMap(([, calls]) => calls);
        for (const [index, { Condition, ...open }] of statementsOf(policy).entries()) {
          if (Condition === undefined) continue;
          const opened = statementsOf(policy).map((other, place) => (place === index ? open : other));
          assert.notDeepEqual(await wrong(policyWith(opened), all, false), [], open.Sid);
        }
      });

      it("denies what is almost one of those calls: in another account or region, or of another name", async () => {
        const almost = nearMisses(needed);
        assert.ok(almost.length > needed.length, `${almost.length} calls`);
        assert.deepEqual(await wrong(policy, almost, false), []);
        for (const call of almost) deniedCalls.add(told(call));
      });

      for (const [gain, calls] of outside)
        it(`denies ${gain} (${calls.length} calls)`, async () => {
          assert.deepEqual(await wrong(policy, calls, false), []);
          for (const call of calls) deniedCalls.add(told(call));
        });
    });

  // A suite of its own: mocha would run it first.
  describe("in all", () => {
    it("was denied at least 500 different calls, self-approval among them", () => {
      assert.ok(deniedCalls.size >= 500, `${deniedCalls.size} calls`);
      const approval = [...deniedCalls].some((call) => /^sagemaker:CreateModelPackage .* Approved$/.test(call));
      assert.ok(approval, "self-approval is among them");
    });
  });
});
