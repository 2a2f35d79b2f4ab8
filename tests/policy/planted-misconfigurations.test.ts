import assert from "node:assert/strict";
import type { RecordedResource } from "../infra/recorded/record-stack.ts";
import { account } from "../infra/recorded/recorded.ts";
import { type Misconfiguration, misconfigurations, overlooked } from "../infra/scan/misconfigurations.ts";
import { scannedStacks } from "../infra/scan/scanned-stacks.ts";
import { asPackSees, recordedStack } from "./recorded-stack.ts";
import { violationsOf } from "./violations-of.ts";

/** The misconfigurations that the security scanner reports but the pack accepts, with the reasons. */
const letPass: readonly { readonly check: string; readonly what: string; readonly reason: string }[] = [
  {
    check: "CKV_AWS_145",
    what: "S3's keys in place of the KMS key",
    reason: "A stack uses a KMS key only if kmsKeyArn is configured; otherwise S3's own keys encrypt every object.",
  },
  {
    check: "CKV_AWS_18",
    what: "no access log",
    reason: "A stack writes an access log only if accessLogBucket names a bucket; it creates no bucket for it.",
  },
  {
    check: "CKV_AWS_338",
    what: "logs that are kept for a month",
    reason: "jobLogRetentionDays sets the time; the pack only requires that someone set one.",
  },
];

const planted: readonly Misconfiguration[] = [...misconfigurations, ...overlooked];
const isLetPass = ({ check, what }: Misconfiguration) =>
  letPass.some((exception) => exception.check === check && exception.what === what);

describe("the policy pack on the security scanner's misconfigurations", function () {
  this.timeout(60_000);
  let stack: readonly RecordedResource[];
  const refusing = ({ plant }: Misconfiguration) =>
    violationsOf(asPackSees(plant(stack)), { account }).map(({ rule }) => rule);

  before(async () => {
    stack = await recordedStack(scannedStacks.everything);
  });

  it("accepts the stack without a planted misconfiguration", () => {
    assert.deepEqual(violationsOf(asPackSees(stack), { account }), []);
  });

  for (const mistake of planted)
    if (isLetPass(mistake))
      it(`accepts the exception ${mistake.what} (${mistake.check})`, () => assert.deepEqual(refusing(mistake), []));
    else it(`rejects ${mistake.what} (${mistake.check})`, () => assert.notDeepEqual(refusing(mistake), []));

  it("has a planted misconfiguration and a reason for each exception", () => {
    assert.equal(planted.filter(isLetPass).length, letPass.length);
    for (const { reason } of letPass) assert.match(reason, /^\w.{20,}\.$/);
  });
});
