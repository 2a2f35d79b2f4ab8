import assert from "node:assert/strict";
import fc from "fast-check";
import { jsonText, parseJson } from "../../service-model/exact-json.ts";

describe("JSON with exact whole numbers", () => {
  const texts: readonly (readonly [string, unknown])[] = [
    ["9007199254740991", 9007199254740991],
    ["9007199254740993", 9007199254740993n],
    ["-12345678901234567890", -12345678901234567890n],
    ["1e22", 1e22],
    ["12345678901234567890.5", 12345678901234567000],
    ['"12345678901234567890"', "12345678901234567890"],
    ['"a \\" 12345678901234567890"', 'a " 12345678901234567890'],
  ];
  for (const [text, value] of texts)
    it(`reads the exact value of ${text}`, () => {
      assert.deepEqual(parseJson(`{"a":[${text}]}`), { a: [value] });
    });

  it("reads any value back that it wrote", () => {
    const leaf = fc.oneof(
      fc.bigInt(),
      fc.string({ unit: "binary" }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    );
    const value = fc.dictionary(fc.string(), fc.array(leaf));
    fc.assert(
      fc.property(value, (any) => {
        const text = jsonText(any);
        assert.equal(jsonText(parseJson(text) as object), text);
      }),
    );
  });

  it("writes the same text as JSON.stringify, also when indented", () => {
    assert.equal(jsonText({ a: [1n, { b: "x" }] }, 2), JSON.stringify({ a: [1, { b: "x" }] }, null, 2));
  });

  it("reports the position of a syntax error, also in a text with large numbers", () => {
    for (const text of ["{", '{"a": 12345678901234567890,}']) assert.throws(() => parseJson(text), SyntaxError);
  });
});
