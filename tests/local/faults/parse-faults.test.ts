import assert from "node:assert/strict";
import { parseFaults } from "../../../local/faults/parse-faults.ts";

const mistakes: readonly (readonly [string, unknown, RegExp])[] = [
  [
    "a fault that there is not",
    { fault: "explosion" },
    /^F: faults\[0\]\.fault: unknown fault; the faults are .*throttling/,
  ],
  ["no fault", { operation: "GetObject" }, /^F: faults\[0\]\.fault: unknown fault/],
  ["a misspelt member", [{ fault: "hang", time: 1 }], /^F: faults\[0\]: Unrecognized key: "time"$/],
  ["times below one", [{ fault: "hang" }, { fault: "hang", times: 0 }], /^F: faults\[1\]\.times: /],
  [
    "a service as a class of the SDK",
    { fault: "hang", service: "SageMaker" },
    /faults\[0\]\.service: must be a service's name/,
  ],
  [
    "an operation in small letters",
    { fault: "hang", operation: "get-object" },
    /faults\[0\]\.operation: takes an operation's/,
  ],
  ["latency without milliseconds", { fault: "latency" }, /faults\[0\]\.milliseconds: /],
  ["an error without a type", { fault: "error", message: "m" }, /faults\[0\]\.type: /],
  [
    "a changed member of S3's XML",
    { fault: "status", status: "New", service: "s3" },
    /status changes JSON, which S3 does not/,
  ],
  ["no list", { faults: 3 }, /^F: faults: /],
  ["no object", 3, /^F: faults\[0\]: /],
];

describe("faults in JSON", () => {
  for (const [what, value, message] of mistakes) {
    it(`are refused in one line: ${what}`, () => {
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

  it("are refused when the text is none", () => {
    assert.throws(() => parseFaults("{", "F"), { code: "usage", message: /^F is not JSON: / });
  });

  it("are one, a list, or a list by its name, and have defaults", () => {
    const rule = { fault: "hang", service: "*", operation: "*", skip: 0, from: "client" };
    for (const value of [{ fault: "hang" }, [{ fault: "hang" }], { faults: [{ fault: "hang" }] }])
      assert.deepEqual(parseFaults(JSON.stringify(value), "F"), [rule]);
  });
});
