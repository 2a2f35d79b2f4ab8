import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { allow, type PolicyStatement } from "../../../infra/permissions/policy.ts";
import { readRecordedCalls } from "../../../local/iam/recorded-calls.ts";
import { serviceCalls, type UsedByJobs } from "../../../local/iam/service-calls.ts";
import { localAccount } from "../../../local/state/arn.ts";
import { repository } from "../../../scripts/local-stack/folders.ts";
import { FreshClone } from "../../fresh-clone/fresh-clone.ts";
import { WarmCommands } from "../../fresh-clone/warm-command.ts";
import { everything, record, rolePolicy } from "../recorded/recorded.ts";
import { nearMisses } from "./near-misses.ts";
import { outsideCalls } from "./outside-calls.ts";
import { narrower, wider, withoutCondition } from "./policy-changes.ts";
import { allows, type Call, simulatedCall, told } from "./simulate.ts";

const region = "us-east-1";
const account = localAccount;
const role = `arn:aws:iam::${account}:role/training-local-execution-${region}`;
const group = "crickets-training-local";

/** The stack of `npm start` with more settings. Its names are those in the recorded calls. */
async function policyOf(configuration: Readonly<Record<string, string>>): Promise<string> {
  const file = parse(readFileSync(join(repository, "Pulumi.local.yaml"), "utf8")) as {
    config: Record<string, unknown>;
  };
  const own = Object.fromEntries(Object.entries(file.config).map(([key, value]) => [key, String(value)]));
  const { error, resources } = await record({ stack: "local", account, configuration: { ...own, ...configuration } });
  assert.equal(error, undefined);
  return rolePolicy(resources, "execution");
}

/** Replaces the account and the region in a configuration by the simulated ones. */
function here(configuration: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const text = JSON.stringify(configuration).replaceAll("111122223333", account).replaceAll("eu-central-1", region);
  return JSON.parse(text);
}

const plain: UsedByJobs = {
  kinds: ["ProcessingJob", "TrainingJob"],
  ...{ account, region, bucket: `training-local-${account}-${region}`, prefix: "crickets" },
  repositories: ["683313688378:repository/sagemaker-xgboost"],
  ...{ keys: {}, subnets: [], securityGroups: [] },
};
const key = `arn:aws:kms:${region}:${account}:key/1234`;
const stacks: readonly (readonly [string, Readonly<Record<string, string>>, UsedByJobs])[] = [
  ["of the local stack", {}, plain],
  [
    "of a stack with every setting",
    // The recorded executions read data below the prefix; this configuration names data elsewhere.
    here({ ...everything, "sagemaker-training:notifyFailures": "true" }),
    {
      ...plain,
      repositories: [`${account}:repository/team/xgboost`],
      keys: { objects: key, volumes: key },
      ...{
        subnets: ["subnet-0a0a0a0a", "subnet-0b0b0b0b"],
        securityGroups: ["sg-0a0a0a0a"],
        data: ["lake", "crickets.csv"],
      },
    },
  ],
];

/** Returns the calls of a transform job that predicts with a registered model; the others are those of every job. */
function predicting(used: UsedByJobs): readonly Call[] {
  const starting = serviceCalls.filter(({ atStart }) => atStart);
  return starting.flatMap(({ calls }) => calls({ ...used, kinds: ["TransformJob"] }).map(simulatedCall));
}

function statementsOf(policy: string): readonly PolicyStatement[] {
  return JSON.parse(policy).Statement;
}

function policyWith(statements: readonly PolicyStatement[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/** Returns the calls that a policy wrongly allows or denies. */
async function wrong(policy: string, calls: readonly Call[], expected: boolean): Promise<readonly string[]> {
  const answers = await Promise.all(calls.map((call) => allows(role, policy, call)));
  return calls.filter((_, index) => answers[index] !== expected).map(told);
}

/** Returns the first of the calls that a policy with only these statements allows; undefined if it allows none. */
async function firstAllowed(statements: readonly PolicyStatement[], calls: readonly Call[]): Promise<Call | undefined> {
  const policy = policyWith(statements);
  for (const call of calls) if (await allows(role, policy, call)) return call;
  return undefined;
}

/** Whether a statement has an action, by its name or as all actions of its service. */
function isAbout({ Action }: PolicyStatement, [action]: Call): boolean {
  return Action.some((own) => own === action || own === `${action.split(":")[0]}:*`);
}

describe("the simulated policy of the execution role", function () {
  this.timeout(300_000);
  let recorded: readonly Call[];

  before(async () => {
    const clone = await FreshClone.make();
    const commands = new WarmCommands(clone.folder);
    try {
      const calls: Call[] = [];
      // The first execution has no baseline; the second one reads the first one's model.
      for (const run of [1, 2]) {
        const { code, output } = await commands.run("start", [], clone.environment({}));
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
      commands.stop();
      clone.remove();
    }
  });

  it("is simulated on the recorded calls of two executions, which include every kind of call", () => {
    const actions = new Set(recorded.map(([action]) => action));
    assert.deepEqual([...actions].sort(), [
      "cloudwatch:PutMetricData",
      "ecr:BatchCheckLayerAvailability",
      "ecr:BatchGetImage",
      "ecr:GetAuthorizationToken",
      "ecr:GetDownloadUrlForLayer",
      "iam:PassRole",
      "logs:CreateLogGroup",
      "logs:CreateLogStream",
      "logs:DescribeLogStreams",
      "logs:PutLogEvents",
      "s3:GetObject",
      "s3:ListBucket",
      "s3:PutObject",
      "sagemaker:AddTags",
      "sagemaker:CreateModelPackage",
      "sagemaker:CreateModelPackageGroup",
      "sagemaker:CreateProcessingJob",
      "sagemaker:CreateTrainingJob",
      "sagemaker:DescribeModelPackage",
      "sagemaker:DescribeProcessingJob",
      "sagemaker:DescribeTrainingJob",
    ]);
    const reads = recorded.filter(([action]) => action === "s3:GetObject").map(([, resource]) => resource);
    for (const read of [/\/code\/.*\.(py|tar\.gz)$/, /\/data\/.*\.csv$/, /\/model\.tar\.gz$/, /\/evaluation\.json$/])
      assert.ok(
        reads.some((resource) => read.test(resource)),
        String(read),
      );
  });

  for (const [which, configuration, used] of stacks)
    describe(which, () => {
      let policy: string;
      let needed: readonly Call[];
      let denied: readonly Call[];
      const outside = Object.entries(outsideCalls(used, role, group));

      before(async () => {
        policy = await policyOf(configuration);
        // Keeps only the calls for images that this configuration names.
        const own = ([, resource]: Call) => used.repositories.some((repository) => resource.endsWith(repository));
        const ran = recorded.filter((call) => !call[1].startsWith("arn:aws:ecr:") || own(call));
        needed = [...ran, ...serviceCalls.flatMap(({ calls }) => calls(used).map(simulatedCall)), ...predicting(used)];
        denied = [...outside.flatMap(([, calls]) => calls), ...nearMisses(needed)];
      });

      it("allows every recorded call, and every call that AWS itself makes with the role", async () => {
        assert.deepEqual(await wrong(policy, needed, true), []);
      });

      it("has only actions, resources and condition values that a call needs", async () => {
        const unused: string[] = [];
        for (const [index, statement] of statementsOf(policy).entries()) {
          const touched = needed.filter(([action]) => statement.Action.includes(action));
          for (const [left, instead] of narrower(statement)) {
            const rest = statementsOf(policy).flatMap((other, place) => (place === index ? instead : [other]));
            const missed = rest.length === 0 ? touched.map(told) : await wrong(policyWith(rest), touched, true);
            if (missed.length === 0) unused.push(`${statement.Sid}: ${left}`);
          }
        }
        assert.deepEqual(unused, []);
      });

      it("would allow an outside call if one of its conditions were removed or one of its resources widened", async () => {
        const unnoticed: string[] = [];
        for (const statement of statementsOf(policy))
          for (const [what, instead] of [...withoutCondition(statement), ...wider(statement)]) {
            const touched = denied.filter((call) => instead.some((changed) => isAbout(changed, call)));
            if ((await firstAllowed(instead, touched)) === undefined) unnoticed.push(`${statement.Sid}: ${what}`);
          }
        assert.deepEqual(unnoticed, []);
      });

      it("denies calls that an administrator's policy allows", async () => {
        const everything = allow("Everything", ["*"], ["*"]);
        assert.deepEqual(await wrong(policyWith([everything]), denied, true), []);
      });

      it("denies at least 500 outside calls, including the approval of its own model", async () => {
        const different = new Set(denied.map(told));
        assert.ok(different.size >= 500, `${different.size} calls`);
        const approval = `sagemaker:CreateModelPackage arn:aws:sagemaker:${region}:${account}:model-package/${group}/1 Approved`;
        assert.ok(different.has(approval), "self-approval is among them");
        assert.deepEqual(await wrong(policy, nearMisses(needed), false), []);
      });

      for (const [gain, calls] of outside)
        it(`denies ${gain} (${calls.length} calls)`, async () => {
          assert.deepEqual(await wrong(policy, calls, false), []);
        });
    });
});
