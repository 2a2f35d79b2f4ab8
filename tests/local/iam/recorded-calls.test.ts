import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RecordedCalls, readRecordedCalls } from "../../../local/iam/recorded-calls.ts";

const caller = { role: "arn:aws:iam::123456789012:role/r", by: "job" };
const call = { action: "s3:GetObject", resource: "arn:aws:s3:::b/k" };

describe("RecordedCalls", () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "calls-"));
    file = join(folder, "calls.jsonl");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("records each call of each caller once", () => {
    const calls = new RecordedCalls(file, assert.fail);
    for (const by of ["job", "job", "other"]) calls.record({ ...caller, by }, [call, call]);
    assert.deepEqual(readRecordedCalls(file), [
      { ...caller, ...call },
      { ...caller, by: "other", ...call },
    ]);
  });

  it("deletes the calls of an earlier endpoint", () => {
    new RecordedCalls(file, assert.fail).record(caller, [call]);
    new RecordedCalls(file, assert.fail);
    assert.deepEqual(readRecordedCalls(file), []);
  });

  it("ignores an incomplete last line", () => {
    new RecordedCalls(file, assert.fail).record(caller, [call]);
    appendFileSync(file, '{"role":"arn:aws');
    assert.equal(readRecordedCalls(file).length, 1);
  });

  it("records at most 20,000 calls", () => {
    const calls = new RecordedCalls(file, assert.fail);
    const many = Array.from({ length: 20_050 }, (_, index) => ({ ...call, resource: `arn:aws:s3:::b/${index}` }));
    calls.record(caller, many);
    assert.equal(readFileSync(file, "utf8").split("\n").length - 1, 20_000);
  });

  it("logs once that the file cannot be written, and throws no error", () => {
    const logged: string[] = [];
    const calls = new RecordedCalls(file, (line) => logged.push(line));
    mkdirSync(file);
    calls.record(caller, [call]);
    calls.record({ ...caller, by: "other" }, [call]);
    assert.equal(logged.length, 1);
    assert.match(logged[0] ?? "", /^recording the calls of roles has stopped: .*EISDIR/);
  });
});
