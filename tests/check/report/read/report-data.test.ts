import assert from "node:assert/strict";
import { parseReportData } from "../../../../check/report/read/report-data.ts";

const data = { schema_version: 1, label: "rings", test_rows: 2, actual: [1, 2], candidate: [1.5, 2.5] };

describe("report-data.json", () => {
  it("contains predictions and the gain of features", () => {
    const gains = [{ feature: "length", gain: 3 }];
    const text = JSON.stringify({ ...data, baseline: [1, 2], feature_gain: gains, later: "key" });
    assert.deepEqual(parseReportData(text), {
      predictions: { label: "rings", testRows: 2, actual: [1, 2], candidate: [1.5, 2.5], baseline: [1, 2] },
      featureGain: gains,
    });
  });

  it("needs neither a baseline nor features", () => {
    const { predictions, ...others } = parseReportData(JSON.stringify(data));
    assert.deepEqual(others, {});
    assert.ok(predictions !== undefined && !("baseline" in predictions));
  });

  const refused: readonly (readonly [string, string, RegExp])[] = [
    ["no JSON", "{", /is not JSON/],
    ["another version", JSON.stringify({ ...data, schema_version: 2 }), /schema_version/],
    ["columns of different lengths", JSON.stringify({ ...data, candidate: [1] }), /different lengths/],
    ["a baseline of another length", JSON.stringify({ ...data, baseline: [1] }), /different lengths/],
    ["a null instead of a number", JSON.stringify({ ...data, actual: [1, null] }), /actual\.1/],
    ["more rows than can be drawn", JSON.stringify({ ...data, actual: Array(10_001).fill(1) }), /actual/],
  ];
  for (const [what, text, message] of refused)
    it(`is rejected with the reason: ${what}`, () => {
      assert.throws(() => parseReportData(text), { name: "NotThere", message });
    });
});
