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

/** Variants of the stack with everything, by the name of their plan. */
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

/** The values in a structure without its names, each as JSON, in an order that does not follow from their place. */
function values(value: unknown): readonly string[] {
  return typeof value === "object" && value !== null
    ? Object.values(value).flatMap(values).sort()
    : [JSON.stringify(value)];
}

/** What a property refers to: the name of the other resource. */
function referred(reference: string, planned: readonly PlannedResource[]): unknown {
  const target = planned.find(({ address }) => reference.startsWith(`${address}.`));
  return target?.values["bucket"] ?? target?.values["name"];
}

/** @throws AssertionError if a mistake's check finds nothing new where it is planted */
function assertFound({ what, check }: Misconfiguration, planted: Scan, base: Scan): void {
  const found = newFindings(planted, base).map((finding) => finding.check);
  assert.ok(found.includes(check), `${check} does not find ${what}; found: ${found.join(", ") || "nothing"}`);
}

describe("the stack's resources in a security scanner", function () {
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
    it(`have no finding that is not waived with a reason: ${stack}`, () => {
      const { failed, passed } = scanOf(stack);
      assert.deepEqual(
        failed.filter((finding) => !waivers.some((waiver) => waives(waiver, finding, stack))),
        [],
      );
      assert.ok(passed.length > 25, `${passed.length} checks passed`);
    });

  it("have no waiver that waives nothing in a stack that it names", () => {
    const stale = waivers.flatMap((waiver) =>
      waiver.stacks
        .filter((stack) => !scanOf(stack).failed.some((finding) => waives(waiver, finding, stack)))
        .map((stack) => `${waiver.check} ${waiver.resource} ${stack}`),
    );
    assert.deepEqual(stale, []);
  });

  for (const [index, waiver] of waivers.entries())
    if (waiver.statement !== undefined)
      it(`have ${waiver.check} waived for the statement ${waiver.statement.sid} and no other`, () => {
        const { failed } = scanOf(`waived-${index}`);
        assert.deepEqual(
          failed.filter((finding) => waives(waiver, finding, "everything")),
          [],
        );
      });

  it("are all shown to the scanner but for Cloud Control's types, pipeline and group of models, which it does not know", () => {
    const hidden = new Set(stacks.everything.map(({ type }) => type).filter(isUnknownToScanner));
    assert.deepEqual([...hidden].sort(), ["aws-native:sagemaker:ModelPackageGroup", "aws-native:sagemaker:Pipeline"]);
    const planned = plannedResources(stacks.everything);
    const shown = stacks.everything.filter(({ type }) => !hidden.has(type));
    assert.equal(new Set(planned.map(({ address }) => address)).size, shown.length);
  });

  for (const stack of stackNames)
    it(`are shown with every value that they have: ${stack}`, () => {
      const planned = plannedResources(stacks[stack]);
      const shown = stacks[stack].filter(({ type }) => !isUnknownToScanner(type));
      assert.ok(shown.length > 0);
      for (const [index, { inputs, type }] of shown.entries()) {
        const { values: own, references } = planned[index] as PlannedResource;
        const others = Object.values(references).map((reference) => referred(reference, planned));
        assert.deepEqual(values([own, others]), values(inputs), type);
      }
    });

  it("are of types that it has checks for, but for these, some of which it looks at with the bucket that they are of", () => {
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
    it(`would be caught with ${mistake.what}: ${mistake.check}`, () => {
      assertFound(mistake, scanOf(`planted-${index}`), scanOf("everything"));
    });

  for (const [index, mistake] of overlooked.entries())
    it(`would not be caught with ${mistake.what}, which is reported`, () => {
      assert.throws(() => assertFound(mistake, scanOf(`overlooked-${index}`), scanOf("everything")), {
        message: `${mistake.check} does not find ${mistake.what}; found: nothing`,
      });
    });

  it("have no finding more among the plans with mistakes than alone", () => {
    assert.deepEqual(newFindings(scanOf("unchanged"), scanOf("everything")), []);
  });
});
