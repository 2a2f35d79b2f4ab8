import assert from "node:assert/strict";
import type { RecordedResource } from "../infra/recorded/record-stack.ts";
import { account } from "../infra/recorded/recorded.ts";
import { type Misconfiguration, misconfigurations, overlooked } from "../infra/scan/misconfigurations.ts";
import { scannedStacks } from "../infra/scan/scanned-stacks.ts";
import { judge } from "./judge.ts";
import { asPackSees, recordedStack } from "./recorded-stack.ts";

/** What the scan is shown to find and the pack lets pass, and why. */
const letPass: readonly { readonly check: string; readonly what: string; readonly reason: string }[] = [
  {
    check: "CKV_AWS_145",
    what: "S3's keys in place of the KMS key",
    reason: "A stack has a KMS key where kmsKeyArn names one; without, S3's own keys encrypt every object.",
  },
  {
    check: "CKV_AWS_18",
    what: "no access log",
    reason: "A stack logs requests where accessLogBucket names a bucket for it; it makes no second one.",
  },
  {
    check: "CKV_AWS_338",
    what: "logs that are kept for a month",
    reason: "jobLogRetentionDays says how long; the pack demands that somebody chose it.",
  },
];

const planted: readonly Misconfiguration[] = [...misconfigurations, ...overlooked];
const isLetPass = ({ check, what }: Misconfiguration) =>
  letPass.some((exception) => exception.check === check && exception.what === what);

describe("the policy pack on what the scan is shown to find", function () {
  this.timeout(60_000);
  let stack: readonly RecordedResource[];
  const refusing = ({ plant }: Misconfiguration) =>
    judge(asPackSees(plant(stack)), { account }).map(({ rule }) => rule);

  before(async () => {
    stack = await recordedStack(scannedStacks.everything);
  });

  it("refuses nothing where nothing is planted", () => {
    assert.deepEqual(judge(asPackSees(stack), { account }), []);
  });

  for (const mistake of planted)
    if (isLetPass(mistake))
      it(`lets pass ${mistake.what}, still (${mistake.check})`, () => assert.deepEqual(refusing(mistake), []));
    else it(`refuses ${mistake.what} (${mistake.check})`, () => assert.notDeepEqual(refusing(mistake), []));

  it("has no exception for what is planted no more, and none without a reason", () => {
    assert.equal(planted.filter(isLetPass).length, letPass.length);
    for (const { reason } of letPass) assert.match(reason, /^\w.{20,}\.$/);
  });
});
