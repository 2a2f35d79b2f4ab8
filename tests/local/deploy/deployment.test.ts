import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { DeployState } from "../../../local/deploy/deploy-state.ts";
import { Deployment } from "../../../local/deploy/deployment.ts";
import type { ResourceHandler, ResourceState } from "../../../local/deploy/handlers/resource-handler.ts";

const type = "test:index:Thing";

describe("a local deployment", () => {
  let folder: string;
  let calls: string[];
  const gone = new Set<string>();
  /** What cannot be removed, as something that is still there needs it. */
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
   * One run of a program that registers these resources, with the state that the last run left on disk.
   *
   * @param retained the names of those that stay when they go from the program
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

  it("creates what is new and answers with its outputs", async () => {
    const { counts, registered } = await deploy({ a: { key: "k", size: 1 } });
    assert.deepEqual(counts, { created: 1, updated: 0, deleted: 0, unchanged: 0 });
    assert.deepEqual(registered, [{ id: "k", state: { key: "k", size: 1, made: true } }]);
  });

  it("leaves alone what is as it was, and still answers with its outputs", async () => {
    await deploy({ a: { key: "k" } });
    const { counts, registered } = await deploy({ a: { key: "k" } });
    assert.deepEqual(calls, []);
    assert.equal(counts.unchanged, 1);
    assert.deepEqual(registered, [{ id: "k", state: { key: "k", made: true } }]);
  });

  it("updates what changed in place", async () => {
    await deploy({ a: { key: "k", size: 1 } });
    const { counts } = await deploy({ a: { key: "k", size: 2 } });
    assert.deepEqual(calls, ["apply k"]);
    assert.equal(counts.updated, 1);
  });

  it("makes what has another identity anew, and deletes the old one after that", async () => {
    await deploy({ a: { key: "old" } });
    await deploy({ a: { key: "new" } });
    assert.deepEqual(calls, ["apply new", "remove old"]);
    await deploy({ a: { key: "new" } });
    assert.deepEqual(calls, []);
  });

  it("deletes what is no longer registered, the newest first", async () => {
    await deploy({ a: { key: "1" }, b: { key: "2" }, c: { key: "3" } });
    const { counts } = await deploy({ b: { key: "2" } });
    assert.deepEqual(calls, ["remove 3", "remove 1"]);
    assert.equal(counts.deleted, 2);
  });

  it("deletes what has another identity now as what is gone, the newest first", async () => {
    await deploy({ role: { key: "role-1" }, policy: { key: "policy-1" }, extra: { key: "extra-1" } });
    await deploy({ role: { key: "role-2" }, policy: { key: "policy-2" } });
    assert.deepEqual(calls, ["apply role-2", "apply policy-2", "remove extra-1", "remove policy-1", "remove role-1"]);
  });

  it("remembers what it could not delete, and tries it again until it can", async () => {
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

  it("deletes first what is in the way of the rest, also where the order of the state has changed", async () => {
    await deploy({ role: { key: "role", size: 1 }, policy: { key: "policy" } });
    await deploy({ role: { key: "role", size: 2 }, policy: { key: "policy" } });
    inUse.set("role", "policy");
    await deploy({});
    assert.deepEqual(calls, ["remove policy", "remove role"]);
  });

  it("leaves alone what is in use again under its own or another name", async () => {
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

  it("forgets what somebody else has removed", async () => {
    await deploy({ a: { key: "1" } });
    gone.add("1");
    assert.equal((await deploy({})).counts.deleted, 0);
    assert.deepEqual(calls, []);
  });

  describe("of what is to be retained", () => {
    const retaining = (resources: Readonly<Record<string, ResourceState>>, ...names: readonly string[]) =>
      deploy(resources, undefined, type, names);

    it("leaves it where it goes from the program, and forgets it", async () => {
      await retaining({ a: { key: "1" }, b: { key: "2" } }, "a");
      const { counts } = await deploy({});
      assert.deepEqual(calls, ["remove 2"]);
      assert.equal(counts.deleted, 1);
      assert.doesNotMatch(readFileSync(join(folder, "deploy.json"), "utf8"), /"name"/);
      await deploy({});
      assert.deepEqual(calls, []);
    });

    it("leaves it where another one takes its place, and forgets it", async () => {
      await retaining({ a: { key: "old" } }, "a");
      await retaining({ a: { key: "new" } }, "a");
      assert.deepEqual(calls, ["apply new"]);
      await retaining({ a: { key: "new" } }, "a");
      assert.deepEqual(calls, []);
      assert.doesNotMatch(readFileSync(join(folder, "deploy.json"), "utf8"), /old/);
    });

    it("leaves it in the region where it was", async () => {
      await deploy({ group: { key: "g" } }, "r1", regional, ["group"]);
      await deploy({ group: { key: "g" } }, "r2", regional, ["group"]);
      assert.deepEqual(calls, ["apply g in r2"]);
    });

    it("goes by the last program that had it, which need change nothing else", async () => {
      await deploy({ a: { key: "1" }, b: { key: "2" } });
      const { counts } = await retaining({ a: { key: "1" }, b: { key: "2" } }, "a", "b");
      assert.deepEqual([calls, counts.unchanged], [[], 2]);
      await retaining({ a: { key: "1" }, b: { key: "2" } }, "b");
      await deploy({});
      assert.deepEqual(calls, ["remove 1"]);
    });

    it("keeps the order in which the rest is deleted, where only the option changes", async () => {
      const resources = { a: { key: "1" }, b: { key: "2" } };
      await retaining(resources, "a");
      await deploy(resources);
      await deploy({});
      assert.deepEqual(calls, ["remove 2", "remove 1"]);
    });

    it("takes it back when the program has it again", async () => {
      await retaining({ a: { key: "1" } }, "a");
      await deploy({});
      assert.equal((await deploy({ a: { key: "1" } })).counts.created, 1);
      await deploy({});
      assert.deepEqual(calls, ["remove 1"]);
    });
  });

  it("makes what is one region's anew in another region, and deletes it where it was", async () => {
    await deploy({ group: { key: "g" } }, "r1", regional);
    await deploy({ group: { key: "g" } }, "r2", regional);
    assert.deepEqual(calls, ["apply g in r2", "remove g in r1"]);
    await deploy({ group: { key: "g" } }, "r2", regional);
    assert.deepEqual(calls, []);
  });

  it("leaves in its place what belongs to no region", async () => {
    await deploy({ role: { key: "r" } }, "r1");
    await deploy({ role: { key: "r" } }, "r2");
    assert.deepEqual(calls, []);
  });

  it("sees a changed file behind an unchanged path", async () => {
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

  it("remembers what it made before it failed", async () => {
    await assert.rejects(deploy({ a: { key: "1" }, b: { key: "impossible" } }), {
      code: "deploy",
      message: `${type} b: TypeError: it cannot be made`,
    });
    assert.match(readFileSync(join(folder, "deploy.json"), "utf8"), /"name": "a"/);
    await deploy({ a: { key: "1" } });
    assert.deepEqual(calls, []);
  });

  it("brings again what is gone from the endpoint, and what comes after it", async () => {
    await deploy({ a: { key: "1" }, b: { key: "2" } });
    gone.add("1");
    await deploy({ a: { key: "1" }, b: { key: "2" } });
    assert.deepEqual(calls, ["apply 1", "apply 2"]);
  });

  it("brings everything again when its state is damaged", async () => {
    await deploy({ a: { key: "1" } });
    writeFileSync(join(folder, "deploy.json"), "");
    assert.equal((await deploy({ a: { key: "1" } })).counts.created, 1);
  });

  it("names a type that it has no handler for", async () => {
    const deployment = newDeployment();
    await assert.rejects(
      deployment.register({ type: "aws:sqs/queue:Queue", name: "q", custom: true, inputs: {} }),
      /^LocalError: aws:sqs\/queue:Queue q: the local deploy has no handler for this type: add one in local\/deploy\/handlers/,
    );
  });

  it("refuses two resources of one type and name", async () => {
    const deployment = newDeployment();
    const registration = { type, name: "a", custom: true, inputs: { key: "1" } };
    await deployment.register(registration);
    await assert.rejects(deployment.register(registration), /two resources of type test:index:Thing are named a/);
  });
});
