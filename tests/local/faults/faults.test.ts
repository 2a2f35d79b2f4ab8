import assert from "node:assert/strict";
import type { FaultRuleInput } from "../../../local/faults/fault-rule.ts";
import { Faults } from "../../../local/faults/faults.ts";

const describeExecution = { service: "sagemaker", operation: "DescribePipelineExecution", from: "client" } as const;

/** Makes some calls and returns one letter for each: the first letter of its fault, or `.` without a fault. */
function happens(
  rules: readonly FaultRuleInput[],
  calls: number,
  call: Parameters<Faults["take"]>[0] = describeExecution,
) {
  const faults = new Faults(rules);
  return Array.from({ length: calls }, () => faults.take(call)?.fault[0] ?? ".").join("");
}

const cases: readonly (readonly [string, readonly FaultRuleInput[], string])[] = [
  ["injects a fault into all calls without a count", [{ fault: "hang" }], "hhhhhh"],
  ["injects a fault as often as the rule says", [{ fault: "hang", times: 2 }], "hh...."],
  ["skips calls before the first fault", [{ fault: "hang", skip: 3, times: 2 }], "...hh."],
  [
    "uses the second rule after the first one is used up",
    [
      { fault: "hang", times: 2 },
      { fault: "reset", times: 1 },
    ],
    "hhr...",
  ],
  [
    "counts skipped calls even if another rule's fault hit them",
    [
      { fault: "hang", times: 2 },
      { fault: "reset", skip: 1, times: 1 },
    ],
    "hhr...",
  ],
  ["ignores other operations", [{ fault: "hang", operation: "DescribePipeline" }], "......"],
  ["ignores other services", [{ fault: "hang", service: "s3" }], "......"],
  ["ignores clients if the rule is for jobs", [{ fault: "hang", from: "job" }], "......"],
];

describe("Faults", () => {
  for (const [title, rules, expected] of cases) it(title, () => assert.equal(happens(rules, 6), expected));

  it("injects faults into jobs only if the rule says so", () => {
    const call = { service: "s3", operation: "GetObject", from: "job" } as const;
    assert.equal(happens([{ fault: "hang" }], 1, call), ".");
    assert.equal(happens([{ fault: "hang", from: "any" }], 1, call), "h");
  });

  it("counts calls and faults, and clears one rule or all of them", () => {
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

  it("adds no rule if one of several is invalid", () => {
    const faults = new Faults();
    assert.throws(() => faults.add([{ fault: "hang" }, { fault: "hang", times: 0 }]));
    assert.deepEqual(faults.list(), []);
  });
});
