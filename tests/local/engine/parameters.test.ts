import assert from "node:assert/strict";
import { resolveParameters } from "../../../local/engine/parameters.ts";
import type { ParameterDefinition } from "../../../service-model/definition.ts";

const declared: readonly ParameterDefinition[] = [
  { Name: "Type", Type: "String", DefaultValue: "small", EnumValues: ["small", "large"] },
  { Name: "Count", Type: "Integer", DefaultValue: 1 },
  { Name: "Limit", Type: "Float", DefaultValue: 6 },
  { Name: "Fast", Type: "Boolean", DefaultValue: false },
  { Name: "Url", Type: "String" },
];
const give = (values: { [name: string]: string }) =>
  resolveParameters(
    declared,
    Object.entries(values).map(([Name, Value]) => ({ Name, Value })),
  );

describe("resolveParameters", () => {
  it("fills in default values and converts texts to the parameters' types", () => {
    assert.deepEqual(give({ Url: "u" }), { values: { Type: "small", Count: 1, Limit: 6, Fast: false, Url: "u" } });
    assert.deepEqual(give({ Type: "large", Count: "-2", Limit: "1e-3", Fast: "True", Url: " " }), {
      values: { Type: "large", Count: -2, Limit: 0.001, Fast: true, Url: " " },
    });
  });

  const rejected: readonly [{ [name: string]: string }, RegExp][] = [
    [{}, /\[Url\] has no default value/],
    [{ Url: "" }, /^\[string "" is too short \(length: 0, required minimum: 1\)\]$/],
    [{ Url: "u", Other: "1" }, /\[Other\], which is not declared/],
    [{ Url: "u", Count: "1.5" }, /\[Count\] is of type Integer, got '1\.5'/],
    [{ Url: "u", Count: "" }, /\[Count\]/],
    [{ Url: "u", Count: " 7 " }, /\[Count\]/],
    [{ Url: "u", Count: "99999999999999999999" }, /\[Count\] is of type Integer/],
    [{ Url: "u", Limit: "NaN" }, /\[Limit\]/],
    [{ Url: "u", Limit: "0x10" }, /\[Limit\]/],
    [{ Url: "u", Limit: "1e999" }, /\[Limit\]/],
    [{ Url: "u", Fast: "yes" }, /\[Fast\]/],
    [{ Url: "u", Type: "huge" }, /\[Type\] must be one of \[small, large\], got 'huge'/],
  ];
  for (const [values, message] of rejected) {
    it(`rejects ${JSON.stringify(values)}`, () => {
      const resolved = give(values);
      assert.match("problems" in resolved ? resolved.problems.join("; ") : "", message);
    });
  }

  it("rejects a parameter that is given twice", () => {
    const twice = ["1", "2"].map((Value) => ({ Name: "Count", Value }));
    const resolved = resolveParameters(declared, [{ Name: "Url", Value: "u" }, ...twice]);
    assert.deepEqual("problems" in resolved && resolved.problems, ["Parameter [Count] is given twice"]);
  });

  it("reports several problems together", () => {
    const resolved = give({ Count: "x", Other: "y" });
    assert.equal("problems" in resolved && resolved.problems.length, 3);
  });
});
