import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Resource } from "../../policy/rules/rule.ts";
import { rules } from "../../policy/rules.ts";
import { Analyzer, type Diagnostic, packFolder } from "./analyzer.ts";
import { account, exampleStack } from "./mistakes/example-stack.ts";
import { changed, given, without } from "./mistakes/mistake.ts";
import { mistakes } from "./mistakes.ts";

/** The engine's placeholder for a text that a preview does not know yet. Source: the SDK's `runtime/rpc` */
const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

describe("the policy pack in a process, called like Pulumi's engine calls it", function () {
  this.timeout(60_000);
  let pack: Analyzer;

  before(async () => {
    pack = await Analyzer.start(".", { "sagemaker-training:account": account });
  });

  after(() => pack.stop());

  /** Returns the pack's diagnostics of each resource, then those of the whole stack. */
  async function said(resources: readonly Resource[]): Promise<readonly Diagnostic[]> {
    const alone = await Promise.all(resources.map((resource) => pack.analyze(resource)));
    return [...alone.flat(), ...(await pack.analyzeStack(resources))];
  }

  it("runs on Node and has no dependencies besides the repository's", () => {
    const project = parse(readFileSync(join(packFolder, "PulumiPolicy.yaml"), "utf8"));
    assert.equal(project.runtime, "nodejs");
    const { dependencies, version } = JSON.parse(readFileSync(join(packFolder, "package.json"), "utf8"));
    assert.equal(dependencies, undefined);
    assert.match(version, /^\d+\.\d+\.\d+$/);
  });

  it("lists every rule as mandatory", async () => {
    const { name, policiesList } = await pack.info();
    assert.equal(name, "sagemaker-training");
    assert.deepEqual(
      policiesList.map(({ name, description, enforcementlevel }) => ({ name, description, enforcementlevel })),
      rules.map(({ name, description }) => ({ name, description, enforcementlevel: 1 })),
    );
  });

  it("reports nothing about a stack without mistakes", async () => {
    assert.deepEqual(await said(exampleStack), []);
  });

  for (const { name } of rules)
    it(`stops an update that breaks ${name}, and names the resource`, async () => {
      const mistake = mistakes.find(({ rule }) => rule === name);
      assert.ok(mistake);
      const stack = changed(exampleStack, mistake.change) ?? [];
      const diagnostics = await said(stack);
      for (const { policy, isMandatory, urn } of diagnostics) {
        assert.deepEqual([policy, isMandatory], [name, true]);
        // The pack names the resource only in a stack's diagnostics. For a single resource, the engine knows it.
        assert.ok(urn === "" || stack.some((resource) => resource.urn === urn));
      }
      assert.ok(diagnostics.some(({ message }) => mistake.says.test(message)));
    });

  it("skips the rules about values that a preview does not know, names them, and applies the other rules", async () => {
    const change = given("aws:iam/role:Role", { assumeRolePolicy: unknownText });
    const diagnostics = await said(changed(exampleStack, change) ?? []);
    assert.ok(diagnostics.length > 0);
    for (const { message, isMandatory } of diagnostics) {
      assert.match(message, /^can't run policy '.*' .* during preview: .*assumeRolePolicy/s);
      assert.equal(isMandatory, false);
    }
    const other = changed(exampleStack, without("aws:s3/bucketVersioning:BucketVersioning")) ?? [];
    const policies = (await said(changed(other, change) ?? [])).filter(({ isMandatory }) => isMandatory);
    assert.deepEqual(
      policies.map(({ policy }) => policy),
      ["bucket-versioning"],
    );
  });

  it("treats null properties as missing", async () => {
    const nulls = { inlinePolicies: null, managedPolicyArns: null, permissionsBoundary: null };
    const topic = changed(exampleStack, given("aws:sns/topic:Topic", { policy: null })) ?? [];
    assert.deepEqual(await said(changed(topic, given("aws:iam/role:Role", nulls)) ?? []), []);
  });

  it("rejects resources of another account than the configured one, whatever the project's name, when started by folder", async () => {
    // `pulumi new` can give the project another name, which the configuration's keys then begin with.
    for (const project of ["sagemaker-training", "rings"]) {
      const other = await Analyzer.start(packFolder, { [`${project}:account`]: "999999999999" }, project);
      try {
        const policies = (await other.analyzeStack(exampleStack)).map(({ policy }) => policy);
        assert.deepEqual([...new Set(policies)], ["stack-in-one-account"], project);
      } finally {
        await other.stop();
      }
    }
  });

  it("warns about an advisory rule, and reports nothing about a disabled one", async () => {
    const stack = changed(exampleStack, without("aws:s3/bucketVersioning:BucketVersioning")) ?? [];
    await pack.configure("bucket-versioning", "ADVISORY");
    const [warning, ...further] = await said(stack);
    assert.deepEqual([warning?.policy, warning?.isMandatory, further], ["bucket-versioning", false, []]);
    await pack.configure("bucket-versioning", "DISABLED");
    assert.deepEqual(await said(stack), []);
  });
});
