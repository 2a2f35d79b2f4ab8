import assert from "node:assert/strict";
import fc from "fast-check";
import { type ExecutionNote, noteText, parseNote } from "../../../check/execution/execution-note.ts";
import { limits } from "../../../service-model/limits.ts";

const note: ExecutionNote = {
  purpose: "check-stack",
  identity: "a".repeat(64),
  commit: "92789df508662040524b738c8268481e37e665b2",
  ciRun: "16023/1",
  models: { BaselineModelUrl: "arn:aws:sagemaker:us-east-1:123456789012:model-package/g/12" },
  thresholds: { relativeTolerance: 0.05 },
  verdict: "pass",
};

describe("the note on an execution", () => {
  it("begins with a sentence for people, and is parsed to the same note", () => {
    assert.match(noteText(note), /^Stack check of 92789df: pass\. \{/);
    assert.deepEqual(parseNote(noteText(note)), { note: 1, ...note });
    assert.match(noteText({ ...note, changed: true, verdict: undefined }), /^Stack check of 92789df with changes\. /);
  });

  it("is one line that is short enough for a description", () => {
    const longest = { ...note, models: { [`P${"x".repeat(63)}`]: `arn:${"x".repeat(1000)}` } };
    assert.ok(noteText(longest).length <= limits.executionDescriptionCharacters);
    assert.doesNotMatch(noteText(longest), /\n/);
  });

  const others = [
    undefined,
    "",
    "Retrained by hand",
    "see {this}",
    '{"note":2}',
    '{"note":1}',
    'x {"note":1,"identity":"a"}',
    "{",
  ];
  for (const text of others)
    it(`is not found in ${JSON.stringify(text)}`, () => {
      assert.equal(parseNote(text), undefined);
    });

  it("is not found in any random description, which also causes no error", () => {
    fc.assert(fc.property(fc.string(), (text) => assert.equal(parseNote(text), undefined)));
  });
});
