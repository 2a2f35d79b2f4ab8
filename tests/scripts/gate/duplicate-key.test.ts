import assert from "node:assert/strict";
import { duplicateKey } from "../../../scripts/gate/duplicate-key.ts";

const cases: readonly (readonly [string, string | undefined])[] = [
  ['{"a": 1, "b": {"a": 2}}', undefined],
  ['{"a": 1, "a": 2}', '"a"'],
  ['[{"x": {"deep": 1, "other": 2, "deep": null}}]', '"deep"'],
  ['{"a \\" b": 1, "a \\" b": 2}', '"a \\" b"'],
  ['{"a": 1, "\\u0061": 2}', '"\\u0061"'],
  ['{"rows": [1, 1, 1], "text": "{\\"a\\": 1, \\"a\\": 2}"}', undefined],
  ['{\n\t"a":\t1e5,\r\n\t"A": -0.5\n}', undefined],
];

describe("a key that a JSON text has twice", () => {
  for (const [json, expected] of cases)
    it(`is ${expected ?? "none"} in ${JSON.stringify(json)}`, () => assert.equal(duplicateKey(json), expected));

  it("is found in a document of 1 MiB in a moment", () => {
    const rows = Array.from({ length: 50_000 }, (_, row) => row / 7);
    const began = performance.now();
    assert.equal(duplicateKey(`{"rows": ${JSON.stringify(rows)}, "rows": []}`), '"rows"');
    assert.ok(performance.now() - began < 5000);
  });
});
