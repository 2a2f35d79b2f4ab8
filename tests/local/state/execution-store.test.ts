import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ExecutionRecord, StepRecord } from "../../../local/state/execution-record.ts";
import { ExecutionStore } from "../../../local/state/execution-store.ts";

const text = '{"Version":"2020-12-01","Metadata":{},"Parameters":[],"Steps":[]}';
const pipelineArn = "arn:aws:sagemaker:us-east-1:123456789012:pipeline/p";

function execution(id: string, more: Partial<ExecutionRecord> = {}): ExecutionRecord {
  return {
    ...{ arn: `${pipelineArn}/execution/${id}`, id, region: "us-east-1", pipelineArn, pipelineName: "p" },
    ...{ status: "Executing", createdTime: 1, modifiedTime: 1, definition: JSON.parse(text), definitionText: text },
    ...{ overrides: [], parameters: {}, steps: [] },
    ...more,
  };
}

function ran(name: string, endTime: number, more: Partial<StepRecord> = {}): StepRecord {
  return { name, type: "Processing", status: "Succeeded", startTime: endTime - 1, endTime, cacheKey: "k", ...more };
}

describe("ExecutionStore", () => {
  let folder: string;
  const open = () => new ExecutionStore(folder, JSON.parse);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "executions-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("reads back changed and removed steps in the order of their start", () => {
    const store = open();
    const one = execution("one");
    store.create(one);
    store.change(one.arn, { steps: [ran("A", 5, { status: "Executing" })] });
    store.change(one.arn, { steps: [ran("B", 6, { status: "Failed" })] });
    store.change(one.arn, {
      progress: { status: "Failed", failureReason: "x", modifiedTime: 7 },
      steps: [ran("A", 7)],
    });
    store.change(one.arn, { progress: { status: "Executing", failureReason: undefined }, forget: ["B"] });
    store.change(one.arn, { steps: [ran("C", 9)] });
    for (const each of [store, open()]) {
      const stored = each.get(one.arn);
      assert.deepEqual(
        stored?.steps.map(({ name, endTime }) => [name, endTime]),
        [
          ["A", 7],
          ["C", 9],
        ],
      );
      assert.deepEqual([stored?.status, stored?.modifiedTime, each.step(one.arn, "A")?.endTime], ["Executing", 7, 7]);
    }
  });

  it("loses only the incomplete last line after a kill", () => {
    const one = execution("one");
    const store = open();
    store.create(one);
    store.change(one.arn, { steps: [ran("A", 5)] });
    const log = join(folder, "one.log");
    const whole = readFileSync(log, "utf8");
    for (let length = 1; length < whole.length; length += 7) {
      appendFileSync(log, whole.slice(0, length));
      const again = open();
      assert.deepEqual(
        again.get(one.arn)?.steps.map(({ name }) => name),
        ["A"],
      );
      assert.equal(readFileSync(log, "utf8"), whole);
    }
    open().change(one.arn, { steps: [ran("B", 6)] });
    assert.deepEqual(
      open()
        .get(one.arn)
        ?.steps.map(({ name }) => name),
      ["A", "B"],
    );
  });

  it("ignores an unfinished file, and rejects an unreadable log", () => {
    open().create(execution("one"));
    writeFileSync(join(folder, "two.json.1.0.unfinished"), "{");
    assert.equal(open().values().length, 1);
    writeFileSync(join(folder, "one.log"), "{]\n");
    assert.throws(open, { name: "LocalError", message: /one\.log is not readable.*--reset/ });
  });

  it("appends one short line for a change of an execution with many steps", () => {
    const one = execution("one", { definitionText: text.padEnd(100_000) });
    const store = open();
    store.create(one);
    for (let index = 0; index < 1000; index++) store.change(one.arn, { steps: [ran(`S${index}`, index)] });
    assert.ok(readFileSync(join(folder, "one.log")).length < 1000 * 200);
  });

  it("caches the newest step that succeeded, but no cache hits and no steps of deleted executions", () => {
    const store = open();
    const question = { pipelineArn, step: "S", key: "k" };
    const runs: readonly (readonly [string, StepRecord, Partial<ExecutionRecord>?])[] = [
      ["a", ran("S", 10)],
      ["b", ran("S", 20)],
      ["c", ran("S", 15)],
      ["d", ran("S", 30, { cacheSource: "b" })],
      ["e", ran("S", 31, { selectiveSource: "b" })],
      ["f", ran("S", 32, { status: "Failed" })],
      ["g", ran("S", 33, { cacheKey: "other" })],
      ["h", ran("T", 34)],
      ["i", ran("S", 35), { pipelineArn: `${pipelineArn}2` }],
    ];
    assert.equal(store.cached(question), undefined);
    for (const [id, step, more] of runs) {
      store.create(execution(id, more));
      store.change(execution(id).arn, { steps: [step] });
    }
    for (const each of [store, open()]) assert.equal(each.cached(question)?.executionArn, execution("b").arn);
    store.delete(execution("b").arn);
    assert.equal(store.cached(question), undefined);
    assert.equal(open().cached(question)?.executionArn, execution("c").arn);
    assert.equal(
      readdirSync(folder).some((name) => name.startsWith("b.")),
      false,
    );
  });
});
