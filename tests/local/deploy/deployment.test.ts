import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { DeployState } from "../../../local/deploy/deploy-state.ts";
import { Deployment } from "../../../local/deploy/deployment.ts";
import type { ResourceHandler, ResourceState } from "../../../local/deploy/handlers/resource-handler.ts";

const type = "test:index:Thing";

describe("Deployment", () => {
  let folder: string;
  let calls: string[];
  const gone = new Set<string>();
  /** The resources that cannot be removed, because another resource still needs them. */
  let kept: string | undefined;
  const inUse = new Map<string, string>();

  const handler: ResourceHandler = {
    type,
    identity: ["key"],
    async apply(inputs) {
      if (inputs["key"] === "impossible") throw new TypeError("it cannot be made\nat all");
      calls.push(`apply ${inputs["key"]}`);
      return { id: String(inputs["key"]), outputs: { ...inputs, made: true } };
    },
    exists: async ({ id }) => !gone.has(id),
    async remove({ id }) {
      if (id === kept) throw new Error(`${id} is in use`);
      const user = inUse.get(id);
      if (user !== undefined && !calls.includes(`remove ${user}`)) throw new Error(`${id} is in use`);
      calls.push(`remove ${id}`);
    },
  };
  const regional = "test:index:Regional";
  const handlers = (region: string): ReadonlyMap<string, ResourceHandler> => {
    const there = (what: string) => calls.push(`${what} in ${region}`);
    const ofRegion: ResourceHandler = {
      ...{ ...handler, type: regional, isRegional: true },
      async apply(inputs) {
        there(`apply ${inputs["key"]}`);
        return { id: String(inputs["key"]), outputs: inputs };
      },
      async remove({ id }) {
        there(`remove ${id}`);
      },
    };
    return new Map([handler, ofRegion].map((each) => [each.type, each]));
  };
  const newDeployment = (region = "r1") =>
    new Deployment(new DeployState(join(folder, "deploy.json")), region, handlers);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "deploy-"));
    calls = [];
    gone.clear();
    kept = undefined;
    inUse.clear();
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /**
   * Deploys a program that registers these resources, with the state of the last deploy on disk.
   *
   * @param retained the names of the resources with the option retainOnDelete
   */
  async function deploy(
    resources: Readonly<Record<string, ResourceState>>,
    region?: string,
    of = type,
    retained: readonly string[] = [],
  ) {
    calls = [];
    const deployment = newDeployment(region);
    const registered = [];
    for (const [name, inputs] of Object.entries(resources))
      registered.push(
        await deployment.register({ type: of, name, custom: true, inputs, retainOnDelete: retained.includes(name) }),
      );
    await deployment.deleteUnregistered();
    return { counts: deployment.counts, registered };
  }

  it("creates a new resource and returns its outputs", async () => {
    const { counts, registered } = await deploy({ a: { key: "k", size: 1 } });
    assert.deepEqual(counts, { created: 1, updated: 0, deleted: 0, unchanged: 0 });
    assert.deepEqual(registered, [{ id: "k", state: { key: "k", size: 1, made: true } }]);
  });

  it("does not touch an unchanged resource, and still returns its outputs", async () => {
    await deploy({ a: { key: "k" } });
    const { counts, registered } = await deploy({ a: { key: "k" } });
    assert.deepEqual(calls, []);
    assert.equal(counts.unchanged, 1);
    assert.deepEqual(registered, [{ id: "k", state: { key: "k", made: true } }]);
  });

  it("updates a changed resource in place", async () => {
    await deploy({ a: { key: "k", size: 1 } });
    const { counts } = await deploy({ a: { key: "k", size: 2 } });
    assert.deepEqual(calls, ["apply k"]);
    assert.equal(counts.updated, 1);
  });

  it("creates a new resource when an identity input changed, and then deletes the old one", async () => {
    await deploy({ a: { key: "old" } });
    await deploy({ a: { key: "new" } });
    assert.deepEqual(calls, ["apply new", "remove old"]);
    await deploy({ a: { key: "new" } });
    assert.deepEqual(calls, []);
  });

  it("deletes resources that the program no longer registers, the newest first", async () => {
    await deploy({ a: { key: "1" }, b: { key: "2" }, c: { key: "3" } });
    const { counts } = await deploy({ b: { key: "2" } });
    assert.deepEqual(calls, ["remove 3", "remove 1"]);
    assert.equal(counts.deleted, 2);
  });

  it("deletes replaced resources together with unregistered ones, the newest first", async () => {
    await deploy({ role: { key: "role-1" }, policy: { key: "policy-1" }, extra: { key: "extra-1" } });
    await deploy({ role: { key: "role-2" }, policy: { key: "policy-2" } });
    assert.deepEqual(calls, ["apply role-2", "apply policy-2", "remove extra-1", "remove policy-1", "remove role-1"]);
  });

  it("remembers a resource that it could not delete, and tries again in later deploys", async () => {
    await deploy({ a: { key: "a-1" }, b: { key: "b-1" } });
    kept = "a-1";
    const again = () => deploy({ a: { key: "a-2" }, b: { key: "b-2" } });
    const refused = { code: "deploy", message: `deleting ${type} a: a-1 is in use` };
    await assert.rejects(again, refused);
    assert.deepEqual(calls, ["apply a-2", "apply b-2", "remove b-1"]);
    await assert.rejects(again, refused);
    kept = undefined;
    const { counts } = await again();
    assert.deepEqual(calls, ["remove a-1"]);
    assert.deepEqual(counts, { created: 0, updated: 0, deleted: 1, unchanged: 2 });
    await again();
    assert.deepEqual(calls, []);
  });

  it("deletes a blocking resource before the others, even if the order of the state has changed", async () => {
    await deploy({ role: { key: "role", size: 1 }, policy: { key: "policy" } });
    await deploy({ role: { key: "role", size: 2 }, policy: { key: "policy" } });
    inUse.set("role", "policy");
    await deploy({});
    assert.deepEqual(calls, ["remove policy", "remove role"]);
  });

  it("does not delete a replaced resource that is registered again, under the same or another name", async () => {
    await deploy({ a: { key: "1" } });
    kept = "1";
    await assert.rejects(deploy({ a: { key: "2" } }), /1 is in use/);
    await deploy({ a: { key: "1" } });
    assert.deepEqual(calls, ["apply 1", "remove 2"]);
    await deploy({ renamed: { key: "1" } });
    assert.deepEqual(calls, ["apply 1"]);
    await deploy({ renamed: { key: "1" } });
    assert.deepEqual(calls, []);
  });

  it("forgets a resource that somebody else has deleted", async () => {
    await deploy({ a: { key: "1" } });
    gone.add("1");
    assert.equal((await deploy({})).counts.deleted, 0);
    assert.deepEqual(calls, []);
  });

  describe("with retainOnDelete", () => {
    const retaining = (resources: Readonly<Record<string, ResourceState>>, ...names: readonly string[]) =>
      deploy(resources, undefined, type, names);

    it("keeps and forgets a resource that is removed from the program", async () => {
      await retaining({ a: { key: "1" }, b: { key: "2" } }, "a");
      const { counts } = await deploy({});
      assert.deepEqual(calls, ["remove 2"]);
      assert.equal(counts.deleted, 1);
      assert.doesNotMatch(readFileSync(join(folder, "deploy.json"), "utf8"), /"name"/);
      await deploy({});
      assert.deepEqual(calls, []);
    });

    it("keeps and forgets a resource that is replaced", async () => {
      await retaining({ a: { key: "old" } }, "a");
      await retaining({ a: { key: "new" } }, "a");
      assert.deepEqual(calls, ["apply new"]);
      await retaining({ a: { key: "new" } }, "a");
      assert.deepEqual(calls, []);
      assert.doesNotMatch(readFileSync(join(folder, "deploy.json"), "utf8"), /old/);
    });

    it("keeps a resource in the old region when the region of the stack changes", async () => {
      await deploy({ group: { key: "g" } }, "r1", regional, ["group"]);
      await deploy({ group: { key: "g" } }, "r2", regional, ["group"]);
      assert.deepEqual(calls, ["apply g in r2"]);
    });

    it("follows the last program that declared the resource, even if only the option changed", async () => {
      await deploy({ a: { key: "1" }, b: { key: "2" } });
      const { counts } = await retaining({ a: { key: "1" }, b: { key: "2" } }, "a", "b");
      assert.deepEqual([calls, counts.unchanged], [[], 2]);
      await retaining({ a: { key: "1" }, b: { key: "2" } }, "b");
      await deploy({});
      assert.deepEqual(calls, ["remove 1"]);
    });

    it("keeps the order of deletion when only the option changes", async () => {
      const resources = { a: { key: "1" }, b: { key: "2" } };
      await retaining(resources, "a");
      await deploy(resources);
      await deploy({});
      assert.deepEqual(calls, ["remove 2", "remove 1"]);
    });

    it("manages a kept resource again when the program declares it again", async () => {
      await retaining({ a: { key: "1" } }, "a");
      await deploy({});
      assert.equal((await deploy({ a: { key: "1" } })).counts.created, 1);
      await deploy({});
      assert.deepEqual(calls, ["remove 1"]);
    });
  });

  it("creates a regional resource in the new region, and deletes it in the old one", async () => {
    await deploy({ group: { key: "g" } }, "r1", regional);
    await deploy({ group: { key: "g" } }, "r2", regional);
    assert.deepEqual(calls, ["apply g in r2", "remove g in r1"]);
    await deploy({ group: { key: "g" } }, "r2", regional);
    assert.deepEqual(calls, []);
  });

  it("keeps a global resource when the region of the stack changes", async () => {
    await deploy({ role: { key: "r" } }, "r1");
    await deploy({ role: { key: "r" } }, "r2");
    assert.deepEqual(calls, []);
  });

  it("updates a resource when the content of its file changed, but not the path", async () => {
    const path = join(folder, "file");
    const resources = () => ({ a: { key: "k", source: new pulumi.asset.FileAsset(path) } });
    writeFileSync(path, "1");
    await deploy(resources());
    await deploy(resources());
    assert.deepEqual(calls, []);
    writeFileSync(path, "2");
    await deploy(resources());
    assert.deepEqual(calls, ["apply k"]);
  });

  it("remembers the resources that it created before a failure", async () => {
    await assert.rejects(deploy({ a: { key: "1" }, b: { key: "impossible" } }), {
      code: "deploy",
      message: `${type} b: TypeError: it cannot be made`,
    });
    assert.match(readFileSync(join(folder, "deploy.json"), "utf8"), /"name": "a"/);
    await deploy({ a: { key: "1" } });
    assert.deepEqual(calls, []);
  });

  it("creates a vanished resource again, and applies all resources after it", async () => {
    await deploy({ a: { key: "1" }, b: { key: "2" } });
    gone.add("1");
    await deploy({ a: { key: "1" }, b: { key: "2" } });
    assert.deepEqual(calls, ["apply 1", "apply 2"]);
  });

  it("applies every resource again when its state is damaged", async () => {
    await deploy({ a: { key: "1" } });
    writeFileSync(join(folder, "deploy.json"), "");
    assert.equal((await deploy({ a: { key: "1" } })).counts.created, 1);
  });

  it("names the type of a resource without a handler", async () => {
    const deployment = newDeployment();
    await assert.rejects(
      deployment.register({ type: "aws:sqs/queue:Queue", name: "q", custom: true, inputs: {} }),
      /^LocalError: aws:sqs\/queue:Queue q: the local deploy has no handler for this type: add one in local\/deploy\/handlers/,
    );
  });

  it("rejects two resources of the same type and name", async () => {
    const deployment = newDeployment();
    const registration = { type, name: "a", custom: true, inputs: { key: "1" } };
    await deployment.register(registration);
    await assert.rejects(deployment.register(registration), /two resources of type test:index:Thing are named a/);
  });
});
