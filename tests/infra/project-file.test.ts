import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { accountProblems } from "../../infra/configuration/account-problems.ts";
import { stackConfiguration } from "../../infra/configuration/stack-configuration.ts";
import { repository } from "../../scripts/local-stack/folders.ts";
import { parsed } from "./configuration/parsed.ts";

interface Declared {
  readonly type: string;
  readonly description: string;
  readonly default: unknown;
}

interface ProjectFile {
  readonly config: Readonly<Record<string, Declared>>;
  readonly template: {
    readonly config: Readonly<Record<string, { readonly description: string; readonly default?: string }>>;
  };
}

describe("Pulumi.yaml", () => {
  const project = parse(readFileSync(join(repository, "Pulumi.yaml"), "utf8")) as ProjectFile;
  const region = { region: "us-east-1" };

  it("declares every configuration key except the region and the nested objects", () => {
    const structures = ["region", "pipelines", "tags", "github"];
    const known = Object.keys(stackConfiguration.shape).filter((key) => !structures.includes(key));
    assert.deepEqual(Object.keys(project.config).sort(), known.sort());
  });

  it("gives each key a type, a description, and the default of the program", () => {
    const defaults = Object.entries(project.config).map(([key, declared]) => [key, declared.default]);
    assert.deepEqual(parsed({ ...region, ...Object.fromEntries(defaults) }, []), {
      ...parsed(region, []),
    });
    for (const [key, declared] of Object.entries(project.config)) {
      assert.equal(Array.isArray(declared.default) ? "array" : typeof declared.default, declared.type, key);
      assert.ok(declared.description.length > 10, key);
    }
  });

  it("asks in pulumi new only for known keys, with valid default answers", () => {
    for (const [key, { default: answer }] of Object.entries(project.template.config)) {
      const name = key.replace(/^aws:/, "");
      assert.ok(name in stackConfiguration.shape, key);
      assert.doesNotThrow(() => parsed({ ...region, [name]: answer }, []));
    }
  });

  it("asks for the account's 12 digits without calling the answer optional", () => {
    const { description = "" } = project.template.config["account"] ?? {};
    assert.match(description, /12 digits \(aws sts get-caller-identity\)/);
    assert.doesNotMatch(description, /nothing|optional/);
  });
});

describe("the Pulumi.<stack>.yaml files", () => {
  const stackFiles = readdirSync(repository).filter((name) => /^Pulumi\..+\.yaml$/.test(name));
  const configurationOf = (file: string) => {
    const { config } = parse(readFileSync(join(repository, file), "utf8")) as { config: Record<string, unknown> };
    const own = Object.entries(config).map(([key, value]) => [key.replace(/^(aws|sagemaker-training):/, ""), value]);
    return parsed(Object.fromEntries(own), []);
  };

  it("are valid configurations", () => {
    assert.ok(stackFiles.includes("Pulumi.dev.yaml"));
    for (const file of stackFiles) assert.doesNotThrow(() => configurationOf(file), file);
  });

  it("pin the dev stack's account and region, so that credentials of another account are rejected", () => {
    const dev = configurationOf("Pulumi.dev.yaml");
    assert.equal(dev.region, "us-east-1");
    assert.deepEqual([dev.forceDestroy, accountProblems(dev, dev.account ?? "")], [true, []]);
    const [problem, ...others] = accountProblems(dev, "999999999999");
    assert.deepEqual(others, []);
    // The message shows the command to change the account, which helps after an empty answer to `pulumi new`.
    assert.match(
      problem ?? "",
      /belongs to 123456789012, .* 999999999999; .*: pulumi config set account 999999999999$/,
    );
  });
});
