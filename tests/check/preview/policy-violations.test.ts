import assert from "node:assert/strict";
import { parsePolicyViolations } from "../../../check/preview/policy-violations.ts";
import { urn } from "./recorded-preview.ts";

const event = (policy: object) => ({
  sequence: 7,
  timestamp: 1_796_000_000,
  policyEvent: {
    ...{ message: "wrong; mend it", color: "raw", policyName: "bucket-tls", policyPackName: "training" },
    ...{ policyPackVersion: "1", policyPackVersionTag: "1", enforcementLevel: "mandatory", ...policy },
  },
});
const log = (...events: readonly object[]) => `${events.map((one) => JSON.stringify(one)).join("\n")}\n`;

describe("parsePolicyViolations", () => {
  it("reads the policy events, without colours, and leaves out all others", () => {
    const message = "<{%fg 1%}>mandatory: <{%reset%}>Buckets use TLS.\n\u001b[31mallows HTTP\u001b[0m; deny it\n";
    const text = log(
      { sequence: 1, timestamp: 1, preludeEvent: { config: {} } },
      event({ resourceUrn: urn("aws:s3/bucket:Bucket", "logs"), message }),
      event({ enforcementLevel: "advisory" }),
      { sequence: 9, timestamp: 2, cancelEvent: {} },
    );
    assert.deepEqual(parsePolicyViolations(text), [
      {
        resource: "aws:s3/bucket:Bucket logs",
        rule: "bucket-tls",
        rejects: true,
        message: "mandatory: Buckets use TLS.\nallows HTTP; deny it",
      },
      { resource: "the stack", rule: "bucket-tls", rejects: false, message: "wrong; mend it" },
    ]);
  });

  for (const [what, line] of [
    ["text", "error: no stack"],
    ["a policy event without a message", JSON.stringify({ policyEvent: { policyName: "x" } })],
  ])
    it(`rejects a line with ${what}, by its number`, () => {
      assert.throws(() => parsePolicyViolations(`${log(event({}))}${line}`), {
        code: 2,
        message: 'The events cannot be read (line 2): give the file of "pulumi preview --event-log".',
      });
    });
});
