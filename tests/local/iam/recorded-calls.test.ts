import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RecordedCalls, readRecordedCalls } from "../../../local/iam/recorded-calls.ts";

const caller = { role: "arn:aws:iam::123456789012:role/r", by: "job" };
const call = { action: "s3:GetObject", resource: "arn:aws:s3:::b/k" };

describe("the recorded calls of roles", () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "calls-"));
    file = join(folder, "calls.jsonl");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("have each call of each caller once", () => {
    const calls = new RecordedCalls(file, assert.fail);
    for (const by of ["job", "job", "other"]) calls.record({ ...caller, by }, [call, call]);
    assert.deepEqual(readRecordedCalls(file), [
      { ...caller, ...call },
      { ...caller, by: "other", ...call },
    ]);
  });

  it("begin anew with the endpoint", () => {
    new RecordedCalls(file, assert.fail).record(caller, [call]);
    new RecordedCalls(file, assert.fail);
    assert.deepEqual(readRecordedCalls(file), []);
  });

  it("are read without a line that a kill left unfinished", () => {
    new RecordedCalls(file, assert.fail).record(caller, [call]);
    appendFileSync(file, '{"role":"arn:aws');
    assert.equal(readRecordedCalls(file).length, 1);
  });

  it("are bounded", () => {
    const calls = new RecordedCalls(file, assert.fail);
    const many = Array.from({ length: 20_050 }, (_, index) => ({ ...call, resource: `arn:aws:s3:::b/${index}` }));
    calls.record(caller, many);
    assert.equal(readFileSync(file, "utf8").split("\n").length - 1, 20_000);
  });

  it("fail no call where they cannot be written, and say so once", () => {
    const said: string[] = [];
    const calls = new RecordedCalls(file, (line) => said.push(line));
    mkdirSync(file);
    calls.record(caller, [call]);
    calls.record({ ...caller, by: "other" }, [call]);
    assert.equal(said.length, 1);
    assert.match(said[0] ?? "", /^recording the calls of roles has stopped: .*EISDIR/);
  });
});
