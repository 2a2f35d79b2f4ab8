import assert from "node:assert/strict";
import type { RecordedResource } from "../record-stack.ts";
import { everything, record, region } from "../recorded.ts";
import { type Finding, type Scan, scan } from "./checkov.ts";
import { misconfigurations } from "./misconfigurations.ts";
import { isUnknownToScanner, plannedResources, terraformPlan } from "./terraform-plan.ts";
import { waivers } from "./waivers.ts";

const noMistake = { what: "no mistake at all", plant: (resources: readonly RecordedResource[]) => resources };

function isWaived({ check, resource }: Finding): boolean {
  return waivers.some((waiver) => waiver.check === check && waiver.resource === resource);
}

/** The checks that fail in a scan and not in the other. */
function newChecks({ failed }: Scan, base: Scan): readonly string[] {
  const known = new Set(base.failed.map(({ check, resource }) => `${check} ${resource}`));
  return failed.filter(({ check, resource }) => !known.has(`${check} ${resource}`)).map(({ check }) => check);
}

/** How many values are in a structure, the names of its properties aside. */
function values(value: unknown): readonly unknown[] {
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(values) : [value];
}

describe("the stack's resources, scanned", function () {
  this.timeout(300_000);
  const stacks: Record<string, readonly RecordedResource[]> = {};
  let scans: Readonly<Record<string, Scan>>;

  before(async () => {
    for (const [name, configuration] of Object.entries({ plain: region, everything })) {
      const { error, resources } = await record({ configuration });
      assert.equal(error, undefined);
      stacks[name] = resources;
    }
    const full = stacks["everything"] ?? [];
    const planted = [noMistake, ...misconfigurations].map(
      ({ plant }, index) => [`planted-${index}`, plant(full)] as const,
    );
    const plans = [...Object.entries(stacks), ...planted].map(([name, all]) => [name, terraformPlan(all)] as const);
    scans = await scan(Object.fromEntries(plans));
  });

  for (const name of ["plain", "everything"])
    it(`have no finding that is not waived with a reason: ${name}`, () => {
      const { failed = [], passed = [] } = scans[name] ?? {};
      assert.deepEqual(
        failed.filter((finding) => !isWaived(finding)),
        [],
      );
      assert.ok(passed.length > 25, `${passed.length} checks passed`);
    });

  it("have no waiver that waives nothing", () => {
    const failed = ["plain", "everything"].flatMap((name) => scans[name]?.failed ?? []);
    assert.deepEqual(
      waivers.filter(({ check, resource }) => !failed.some((one) => one.check === check && one.resource === resource)),
      [],
    );
  });

  it("are all shown to the scanner with all that they are, but for Cloud Control's types, which it does not know", () => {
    const resources = stacks["everything"] ?? [];
    const hidden = new Set(resources.filter(({ type }) => isUnknownToScanner(type)).map(({ type }) => type));
    assert.deepEqual([...hidden].sort(), ["aws-native:sagemaker:ModelPackageGroup", "aws-native:sagemaker:Pipeline"]);
    const shown = resources.filter(({ type }) => !isUnknownToScanner(type));
    const planned = plannedResources(resources);
    assert.equal(planned.length, shown.length);
    assert.equal(new Set(planned.map(({ address }) => address)).size, shown.length);
    for (const [index, { values: own, references }] of planned.entries())
      assert.equal(values(own).length + Object.keys(references).length, values(shown[index]?.inputs).length);
  });

  it("are of types that it has checks for, but for these, some of which it looks at with the bucket that they are of", () => {
    const { passed = [], failed = [] } = scans["everything"] ?? {};
    const checked = new Set([...passed, ...failed].map(({ resource }) => resource.split(".")[0]));
    const types = new Set(plannedResources(stacks["everything"] ?? []).map(({ type }) => type));
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

  it("have a type that is not known refused, as it would not be looked at", () => {
    const unknown = { type: "gcp:storage/bucket:Bucket", name: "b", inputs: {}, protect: false };
    assert.throws(() => terraformPlan([unknown]), /gcp:storage\/bucket:Bucket is no type of Pulumi's aws provider/);
  });

  for (const [index, { check, what }] of misconfigurations.entries())
    it(`lose a planted mistake, ${what}, to ${check}`, () => {
      const found = newChecks(scans[`planted-${index + 1}`] as Scan, scans["everything"] as Scan);
      assert.ok(found.includes(check), `found: ${found.join(", ") || "nothing"}`);
    });

  it("show no mistake where none is planted", () => {
    assert.deepEqual(newChecks(scans["planted-0"] as Scan, scans["everything"] as Scan), []);
  });
});
