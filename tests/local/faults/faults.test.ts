import assert from "node:assert/strict";
import type { FaultRuleInput } from "../../../local/faults/fault-rule.ts";
import { Faults } from "../../../local/faults/faults.ts";

const describeExecution = { service: "sagemaker", operation: "DescribePipelineExecution", from: "client" } as const;

/** What happens to so many calls, one letter each: `.` for none. */
function happens(
  rules: readonly FaultRuleInput[],
  calls: number,
  call: Parameters<Faults["take"]>[0] = describeExecution,
) {
  const faults = new Faults(rules);
  return Array.from({ length: calls }, () => faults.take(call)?.fault[0] ?? ".").join("");
}

const cases: readonly (readonly [string, readonly FaultRuleInput[], string])[] = [
  ["for ever without a count", [{ fault: "hang" }], "hhhhhh"],
  ["so many times", [{ fault: "hang", times: 2 }], "hh...."],
  ["after so many calls", [{ fault: "hang", skip: 3, times: 2 }], "...hh."],
  [
    "one rule after the other",
    [
      { fault: "hang", times: 2 },
      { fault: "reset", times: 1 },
    ],
    "hhr...",
  ],
  [
    "by calls, also those that another rule took",
    [
      { fault: "hang", times: 2 },
      { fault: "reset", skip: 1, times: 1 },
    ],
    "hhr...",
  ],
  ["to the operation", [{ fault: "hang", operation: "DescribePipeline" }], "......"],
  ["to the service", [{ fault: "hang", service: "s3" }], "......"],
  ["to clients, not to jobs", [{ fault: "hang", from: "job" }], "......"],
];

describe("faults happen", () => {
  for (const [what, rules, expected] of cases) it(what, () => assert.equal(happens(rules, 6), expected));

  it("to jobs only when they are meant", () => {
    const call = { service: "s3", operation: "GetObject", from: "job" } as const;
    assert.equal(happens([{ fault: "hang" }], 1, call), ".");
    assert.equal(happens([{ fault: "hang", from: "any" }], 1, call), "h");
  });

  it("and are counted, until they are cleared, one or all", () => {
    const faults = new Faults([
      { fault: "hang", skip: 1 },
      { fault: "reset", operation: "GetObject" },
    ]);
    faults.take(describeExecution);
    faults.take(describeExecution);
    assert.deepEqual(
      faults.list().map(({ id, calls, fired }) => [id, calls, fired]),
      [
        [1, 2, 1],
        [2, 0, 0],
      ],
    );
    faults.clear(1);
    assert.deepEqual(
      faults.list().map(({ id }) => id),
      [2],
    );
    assert.throws(() => faults.clear(1), { message: "there is no fault 1" });
    faults.clear();
    assert.deepEqual(faults.list(), []);
  });

  it("not at all when one of several is wrong", () => {
    const faults = new Faults();
    assert.throws(() => faults.add([{ fault: "hang" }, { fault: "hang", times: 0 }]));
    assert.deepEqual(faults.list(), []);
  });
});
