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

/** How the engine writes a text that a preview does not know yet. Source: the SDK's `runtime/rpc` */
const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

describe("the policy pack, run as Pulumi's engine runs it", function () {
  this.timeout(60_000);
  let pack: Analyzer;

  before(async () => {
    pack = await Analyzer.start(".", { "sagemaker-training:account": account });
  });

  after(() => pack.stop());

  /** Everything that it says of a stack: each resource alone, then all together. */
  async function said(resources: readonly Resource[]): Promise<readonly Diagnostic[]> {
    const alone = await Promise.all(resources.map((resource) => pack.analyze(resource)));
    return [...alone.flat(), ...(await pack.analyzeStack(resources))];
  }

  it("is one that the engine runs with Node, whose dependencies are the repository's", () => {
    const project = parse(readFileSync(join(packFolder, "PulumiPolicy.yaml"), "utf8"));
    assert.equal(project.runtime, "nodejs");
    const { dependencies, version } = JSON.parse(readFileSync(join(packFolder, "package.json"), "utf8"));
    assert.equal(dependencies, undefined);
    assert.match(version, /^\d+\.\d+\.\d+$/);
  });

  it("lists every rule, all mandatory", async () => {
    const { name, policiesList } = await pack.info();
    assert.equal(name, "sagemaker-training");
    assert.deepEqual(
      policiesList.map(({ name, description, enforcementlevel }) => ({ name, description, enforcementlevel })),
      rules.map(({ name, description }) => ({ name, description, enforcementlevel: 1 })),
    );
  });

  it("says nothing of a stack that is right", async () => {
    assert.deepEqual(await said(exampleStack), []);
  });

  for (const { name } of rules)
    it(`stops an update by ${name}, and says at which resource`, async () => {
      const mistake = mistakes.find(({ rule }) => rule === name);
      assert.ok(mistake);
      const stack = changed(exampleStack, mistake.change) ?? [];
      const diagnostics = await said(stack);
      for (const { policy, isMandatory, urn } of diagnostics) {
        assert.deepEqual([policy, isMandatory], [name, true]);
        // The engine knows which resource it asked about; of a stack the pack has to say it.
        assert.ok(urn === "" || stack.some((resource) => resource.urn === urn));
      }
      assert.ok(diagnostics.some(({ message }) => mistake.says.test(message)));
    });

  it("judges a resource that a preview does not know all of by the rest, and says which rules it did not judge", async () => {
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

  it("takes properties that the provider has as null for ones that it does not have", async () => {
    const nulls = { inlinePolicies: null, managedPolicyArns: null, permissionsBoundary: null };
    const topic = changed(exampleStack, given("aws:sns/topic:Topic", { policy: null })) ?? [];
    assert.deepEqual(await said(changed(topic, given("aws:iam/role:Role", nulls)) ?? []), []);
  });

  it("holds the stack to the account that its configuration pins, and starts by its folder as well", async () => {
    // `pulumi new` asks for the project's name, and so keys of the configuration have another one.
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

  it("warns where a configuration makes a rule advisory, and is silent where it turns it off", async () => {
    const stack = changed(exampleStack, without("aws:s3/bucketVersioning:BucketVersioning")) ?? [];
    await pack.configure("bucket-versioning", "ADVISORY");
    const [warning, ...further] = await said(stack);
    assert.deepEqual([warning?.policy, warning?.isMandatory, further], ["bucket-versioning", false, []]);
    await pack.configure("bucket-versioning", "DISABLED");
    assert.deepEqual(await said(stack), []);
  });
});
