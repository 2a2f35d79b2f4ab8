import assert from "node:assert/strict";
import { parseFaults } from "../../../local/faults/parse-faults.ts";

const mistakes: readonly (readonly [string, unknown, RegExp])[] = [
  ["an unknown fault", { fault: "explosion" }, /^F: faults\[0\]\.fault: unknown fault; the faults are .*throttling/],
  ["a rule without a fault", { operation: "GetObject" }, /^F: faults\[0\]\.fault: unknown fault/],
  ["a misspelt member", [{ fault: "hang", time: 1 }], /^F: faults\[0\]: Unrecognized key: "time"$/],
  ["zero times", [{ fault: "hang" }, { fault: "hang", times: 0 }], /^F: faults\[1\]\.times: /],
  [
    "a service's name in capital letters",
    { fault: "hang", service: "SageMaker" },
    /faults\[0\]\.service: must be a service's name/,
  ],
  [
    "an operation's name in lower case",
    { fault: "hang", operation: "get-object" },
    /faults\[0\]\.operation: must be an operation's/,
  ],
  ["latency without milliseconds", { fault: "latency" }, /faults\[0\]\.milliseconds: /],
  ["an error without a type", { fault: "error", message: "m" }, /faults\[0\]\.type: /],
  [
    "a changed status in an answer of S3",
    { fault: "status", status: "New", service: "s3" },
    /status does not work with S3, because it changes JSON answers/,
  ],
  ["a number instead of a list", { faults: 3 }, /^F: faults: /],
  ["a number instead of a rule", 3, /^F: faults\[0\]: /],
];

describe("parseFaults", () => {
  for (const [mistake, value, message] of mistakes) {
    it(`rejects in one line: ${mistake}`, () => {
      assert.throws(
        () => parseFaults(JSON.stringify(value), "F"),
        (error: Error) => {
          assert.match(error.message, message);
          assert.doesNotMatch(error.message, /\n/);
          return true;
        },
      );
    });
  }

  it("rejects a text that is not JSON", () => {
    assert.throws(() => parseFaults("{", "F"), { code: "usage", message: /^F is not JSON: / });
  });

  it("accepts a rule, a list and an object with a list, and fills in defaults", () => {
    const rule = { fault: "hang", service: "*", operation: "*", skip: 0, from: "client" };
    for (const value of [{ fault: "hang" }, [{ fault: "hang" }], { faults: [{ fault: "hang" }] }])
      assert.deepEqual(parseFaults(JSON.stringify(value), "F"), [rule]);
  });
});
