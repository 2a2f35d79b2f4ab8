import assert from "node:assert/strict";
import type { RecordedResource } from "../recorded/record-stack.ts";
import { record } from "../recorded/recorded.ts";
import { type Finding, type Scan, scan } from "./checkov.ts";
import { type Misconfiguration, misconfigurations, overlooked } from "./misconfigurations.ts";
import { newFindings } from "./new-findings.ts";
import { type Plant, withoutStatement } from "./planting.ts";
import { type ScannedStack, scannedStacks } from "./scanned-stacks.ts";
import { isUnknownToScanner, type PlannedResource, plannedResources, terraformPlan } from "./terraform-plan.ts";
import { type Waiver, waivers } from "./waivers.ts";

const stackNames = Object.keys(scannedStacks) as ScannedStack[];

/** Variants of the fully configured stack, by the name of their plan. */
const variants = new Map<string, Plant>([
  ["unchanged", (resources) => resources],
  ...misconfigurations.map(({ plant }, index) => [`planted-${index}`, plant] as const),
  ...overlooked.map(({ plant }, index) => [`overlooked-${index}`, plant] as const),
  ...waivers.flatMap(({ statement }, index) =>
    statement === undefined ? [] : [[`waived-${index}`, withoutStatement(statement.of, statement.sid)] as const],
  ),
]);

function waives({ check, resource, stacks }: Waiver, finding: Finding, stack: ScannedStack): boolean {
  return stacks.includes(stack) && check === finding.check && resource.test(finding.resource);
}

/** Returns the values of a structure without their keys, as sorted JSON texts. */
function values(value: unknown): readonly string[] {
  return typeof value === "object" && value !== null
    ? Object.values(value).flatMap(values).sort()
    : [JSON.stringify(value)];
}

/** Returns the name of the resource that a property refers to. */
function referred(reference: string, planned: readonly PlannedResource[]): unknown {
  const target = planned.find(({ address }) => reference.startsWith(`${address}.`));
  return target?.values["bucket"] ?? target?.values["name"];
}

/** @throws AssertionError if the check of a planted mistake does not report it */
function assertFound({ what, check }: Misconfiguration, planted: Scan, base: Scan): void {
  const checks = newFindings(planted, base).map((finding) => finding.check);
  assert.ok(checks.includes(check), `${check} does not find ${what}; it finds: ${checks.join(", ") || "nothing"}`);
}

describe("checkov on the stack's resources", function () {
  this.timeout(300_000);
  let stacks: Readonly<Record<ScannedStack, readonly RecordedResource[]>>;
  let scans: Readonly<Record<string, Scan>>;
  const scanOf = (name: string) => scans[name] as Scan;

  before(async () => {
    const recorded = await Promise.all(
      Object.entries(scannedStacks).map(async ([name, configuration]) => {
        const { error, resources } = await record({ configuration });
        assert.equal(error, undefined);
        return [name, resources] as const;
      }),
    );
    stacks = Object.fromEntries(recorded) as typeof stacks;
    const planted = [...variants].map(([name, plant]) => [name, plant(stacks.everything)] as const);
    const plans = [...recorded, ...planted].map(([name, resources]) => [name, terraformPlan(resources)] as const);
    scans = await scan(Object.fromEntries(plans));
  });

  for (const stack of stackNames)
    it(`reports only waived findings in the stack "${stack}"`, () => {
      const { failed, passed } = scanOf(stack);
      assert.deepEqual(
        failed.filter((finding) => !waivers.some((waiver) => waives(waiver, finding, stack))),
        [],
      );
      assert.ok(passed.length > 25, `${passed.length} checks passed`);
    });

  it("reports each waived finding in each stack that the waiver names", () => {
    const stale = waivers.flatMap((waiver) =>
      waiver.stacks
        .filter((stack) => !scanOf(stack).failed.some((finding) => waives(waiver, finding, stack)))
        .map((stack) => `${waiver.check} ${waiver.resource} ${stack}`),
    );
    assert.deepEqual(stale, []);
  });

  for (const [index, waiver] of waivers.entries())
    if (waiver.statement !== undefined)
      it(`reports no ${waiver.check} without the waived statement ${waiver.statement.sid}`, () => {
        const { failed } = scanOf(`waived-${index}`);
        assert.deepEqual(
          failed.filter((finding) => waives(waiver, finding, "everything")),
          [],
        );
      });

  it("gets all resources except the types of Cloud Control, for which it has no checks", () => {
    const hidden = new Set(stacks.everything.map(({ type }) => type).filter(isUnknownToScanner));
    assert.deepEqual([...hidden].sort(), ["aws-native:sagemaker:ModelPackageGroup", "aws-native:sagemaker:Pipeline"]);
    const planned = plannedResources(stacks.everything);
    const shown = stacks.everything.filter(({ type }) => !hidden.has(type));
    assert.equal(new Set(planned.map(({ address }) => address)).size, shown.length);
  });

  for (const stack of stackNames)
    it(`gets every value of the resources in the stack "${stack}"`, () => {
      const planned = plannedResources(stacks[stack]);
      const shown = stacks[stack].filter(({ type }) => !isUnknownToScanner(type));
      assert.ok(shown.length > 0);
      for (const [index, { inputs, type }] of shown.entries()) {
        const { values: own, references } = planned[index] as PlannedResource;
        const others = Object.values(references).map((reference) => referred(reference, planned));
        assert.deepEqual(values([own, others]), values(inputs), type);
      }
    });

  it("has checks for all resource types except the listed ones", () => {
    const { passed, failed } = scanOf("everything");
    const checked = new Set([...passed, ...failed].map(({ resource }) => resource.split(".")[0]));
    const types = new Set(plannedResources(stacks.everything).map(({ type }) => type));
    assert.deepEqual([...types].filter((type) => !checked.has(type)).sort(), [
      "aws_cloudwatch_event_rule",
      "aws_cloudwatch_event_target",
      "aws_iam_openid_connect_provider",
      "aws_s3_bucket_logging",
      "aws_s3_bucket_server_side_encryption_configuration",
      "aws_s3_bucket_versioning",
      "aws_s3_object",
      "aws_sns_topic_subscription",
    ]);
  });

  for (const [index, mistake] of misconfigurations.entries())
    it(`reports ${mistake.what} (${mistake.check})`, () => {
      assertFound(mistake, scanOf(`planted-${index}`), scanOf("everything"));
    });

  for (const [index, mistake] of overlooked.entries())
    it(`still overlooks ${mistake.what} (${mistake.check})`, () => {
      assert.throws(() => assertFound(mistake, scanOf(`overlooked-${index}`), scanOf("everything")), {
        message: `${mistake.check} does not find ${mistake.what}; it finds: nothing`,
      });
    });

  it("reports the same findings for an unchanged plan among plans with mistakes", () => {
    assert.deepEqual(newFindings(scanOf("unchanged"), scanOf("everything")), []);
  });
});
