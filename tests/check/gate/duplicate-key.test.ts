import assert from "node:assert/strict";
import { duplicateKey } from "../../../check/gate/duplicate-key.ts";

const cases: readonly (readonly [string, string | undefined])[] = [
  ['{"a": 1, "b": {"a": 2}}', undefined],
  ['{"a": 1, "a": 2}', '"a"'],
  ['[{"x": {"deep": 1, "other": 2, "deep": null}}]', '"deep"'],
  ['{"a \\" b": 1, "a \\" b": 2}', '"a \\" b"'],
  ['{"a": 1, "\\u0061": 2}', '"\\u0061"'],
  ['{"rows": [1, 1, 1], "text": "{\\"a\\": 1, \\"a\\": 2}"}', undefined],
  ['{"a": {"b": 1}, "b": [{"c": 1}, {"c": 2}], "c": 3}', undefined],
  ['{"a": [{"b": 1}], "a": 2}', '"a"'],
  ['{"__proto__": 1, "constructor": 2}', undefined],
  ['{\n\t"a":\t1e5,\r\n\t"A": -0.5\n}', undefined],
];

describe("duplicateKey", () => {
  for (const [json, expected] of cases)
    it(`finds ${expected ?? "no key"} in ${JSON.stringify(json)}`, () => assert.equal(duplicateKey(json), expected));

  it("is fast in a document of 1 MiB", () => {
    const rows = Array.from({ length: 50_000 }, (_, row) => row / 7);
    const began = performance.now();
    assert.equal(duplicateKey(`{"rows": ${JSON.stringify(rows)}, "rows": []}`), '"rows"');
    assert.ok(performance.now() - began < 5000);
  });

  it("is fast with very many keys, long texts and deep lists", () => {
    const began = performance.now();
    const keys = Object.fromEntries(Array.from({ length: 60_000 }, (_, key) => [`k${key}`, 1]));
    assert.equal(duplicateKey(JSON.stringify(keys)), undefined);
    assert.equal(duplicateKey(JSON.stringify({ text: 'a"\\'.repeat(250_000) })), undefined);
    assert.equal(duplicateKey(`${"[".repeat(400_000)}${"]".repeat(400_000)}`), undefined);
    assert.ok(performance.now() - began < 5000);
  });
});
