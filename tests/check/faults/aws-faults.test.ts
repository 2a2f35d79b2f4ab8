import assert from "node:assert/strict";
import { StopPipelineExecutionCommand } from "@aws-sdk/client-sagemaker";
import type { FaultRuleInput } from "../../../local/faults/fault-rule.ts";
import { type Checked, type CheckSettings, DeployedStack } from "./deployed-stack.ts";

const describeExecution = { service: "sagemaker", operation: "DescribePipelineExecution" } as const;
const startExecution = { service: "sagemaker", operation: "StartPipelineExecution" } as const;
const listSteps = { service: "sagemaker", operation: "ListPipelineExecutionSteps" } as const;
const getObject = { service: "s3", operation: "GetObject" } as const;

interface Case {
  readonly what: string;
  readonly faults: readonly FaultRuleInput[];
  readonly settings?: CheckSettings;
  readonly code: number;
  readonly reason?: RegExp;
  /** How often each fault happens. */
  readonly fired?: readonly number[];
  readonly started?: number;
  /** The most that it may take, in the check's own seconds, if this machine takes no time itself: one of it is a hundred of them. */
  readonly seconds?: number;
}

/** What a busy machine may add, in the check's own seconds; `waiting.test.ts` measures by a clock that it has no part in. */
const machine = 300;

const resume = /The execution still runs; follow it again with --execution arn:aws:sagemaker:\S+\/execution\/\S+\.$/;

const cases: readonly Case[] = [
  {
    what: "1: throttled twice, at each call that it makes",
    faults: [
      { ...startExecution, fault: "throttling", times: 2 },
      { ...describeExecution, fault: "throttling", times: 2 },
      { ...listSteps, fault: "throttling", times: 2 },
      { ...getObject, fault: "throttling", times: 2 },
    ],
    code: 0,
    fired: [2, 2, 2, 2],
  },
  {
    what: "2: throttled past the SDK's quota",
    faults: [{ ...describeExecution, fault: "throttling", times: 25 }],
    code: 0,
    fired: [25],
  },
  {
    what: "2: throttled for ever, to the deadline",
    faults: [{ ...describeExecution, fault: "throttling" }],
    settings: { timeout: "5" },
    code: 4,
    reason: /still runs: arn:/,
    seconds: 320,
  },
  {
    what: "3: 500 and 503",
    faults: [
      { ...describeExecution, fault: "internal-error", times: 3 },
      { ...describeExecution, fault: "unavailable", times: 5 },
      { ...startExecution, fault: "unavailable", times: 4 },
    ],
    code: 0,
  },
  {
    what: "4: a start whose answer is lost, five times",
    faults: [{ ...startExecution, fault: "lost-response", times: 5 }],
    code: 0,
    fired: [5],
  },
  {
    what: "5: connections reset and closed in the middle of a body",
    faults: [
      { ...describeExecution, fault: "reset", times: 2 },
      { ...listSteps, fault: "short-body", times: 2 },
      { ...getObject, fault: "reset", times: 1 },
      { ...startExecution, fault: "reset", times: 2 },
    ],
    code: 0,
  },
  {
    what: "6: a server that accepts and never answers",
    faults: [
      { ...startExecution, fault: "hang", times: 1 },
      { ...describeExecution, fault: "hang", times: 1 },
    ],
    settings: { requestTimeout: 700 },
    code: 0,
    fired: [1, 1],
  },
  {
    what: "6: a body that stops half-way, and a connection that stays open",
    faults: [
      { ...startExecution, fault: "stalled-body", times: 1 },
      { ...describeExecution, fault: "stalled-body", times: 1 },
      { ...listSteps, fault: "stalled-body", times: 1 },
      { ...getObject, fault: "stalled-body", times: 1 },
    ],
    settings: { requestTimeout: 700 },
    code: 0,
    fired: [1, 1, 1, 1],
  },
  {
    what: "7: half of the document",
    faults: [{ ...describeExecution, fault: "truncated-body" }],
    code: 6,
    reason: /^(Reading|Following) arn:\S+: the answer is not one of AWS \(.+; request [\w-]{8,}\)/,
    fired: [1],
  },
  {
    what: "7: a page of HTML",
    faults: [{ ...describeExecution, fault: "not-json", skip: 1 }],
    settings: { parameters: { MseCeiling: "8" } },
    code: 6,
    reason: /the answer is not one of AWS \(.+; request [0-9a-f-]{36}\)/,
  },
  {
    what: "8: a server that closes every connection",
    faults: [{ ...describeExecution, fault: "disconnect" }],
    code: 6,
    reason: /AWS could not be reached \(ECONNRESET\).*still runs/,
    seconds: 60,
  },
  {
    what: "9: credentials that expire during the wait",
    faults: [{ ...describeExecution, fault: "expired-credentials" }],
    code: 6,
    reason: /no usable credentials \(The security token included in the request is expired\): log in/,
    fired: [1],
  },
  {
    what: "10: a start that is not allowed",
    faults: [{ ...startExecution, fault: "access-denied" }],
    code: 6,
    reason: /^Starting \S+: access denied: .* not authorized to perform: sagemaker:StartPipelineExecution on .* Allow/,
    fired: [1],
    started: 0,
  },
  {
    what: "10: a look that is not allowed",
    faults: [{ ...describeExecution, fault: "access-denied" }],
    code: 6,
    reason: /access denied: .* sagemaker:DescribePipelineExecution .*Allow the action/,
    fired: [1],
  },
  {
    what: "10: an evaluation that may not be read, where AWS names no action",
    // The first object that is read is the evaluation of the approved model, before the start.
    faults: [{ ...getObject, skip: 1, fault: "error", type: "AccessDenied", message: "Access Denied", status: 403 }],
    code: 6,
    reason: /access denied \(s3:GetObject\): Access Denied/,
    fired: [1],
  },
  {
    what: "10: a model that may not be looked for: S3 says no reason of a HEAD",
    faults: [{ service: "s3", operation: "HeadObject", fault: "access-denied" }],
    code: 6,
    reason: /^Reading s3:\S+: access denied \(s3:GetObject\): allow the action, and run again\. \(request /,
    started: 0,
  },
  {
    what: "9: credentials that expired before a HEAD",
    faults: [{ service: "s3", operation: "HeadObject", fault: "expired-credentials" }],
    code: 6,
    reason: /^Reading s3:\S+: S3 refuses it without a reason, as with credentials that expired: log in, and run again/,
    started: 0,
  },
  {
    what: "11: a role that cannot be assumed for half a minute",
    faults: [{ ...startExecution, fault: "role-not-assumable", times: 8 }],
    code: 0,
    fired: [8],
  },
  {
    what: "12: a role that can never be assumed",
    faults: [{ ...startExecution, fault: "role-not-assumable" }],
    code: 6,
    reason: /Could not assume role arn:\S+ .*trust policy has to let sagemaker\.amazonaws\.com assume it\. \(request/,
    started: 0,
    seconds: 120,
  },
  {
    what: "16: a status that this version does not know",
    faults: [{ ...describeExecution, fault: "status", status: "Pondering", times: 3 }],
    code: 0,
    fired: [3],
  },
  {
    what: "17: executing for ever",
    faults: [{ ...describeExecution, fault: "status", status: "Executing" }],
    settings: { timeout: "5" },
    code: 4,
    reason: /did not end in time and still runs: arn:\S+\. Wait on with --execution arn:/,
    seconds: 320,
  },
  {
    what: "18: steps over several pages",
    faults: [{ ...listSteps, fault: "page-size", size: 1 }],
    code: 0,
  },
  {
    what: "18: a page token that comes again",
    faults: [{ ...listSteps, fault: "repeated-page-token" }],
    code: 6,
    reason: /Listing the steps of arn:\S+: the list repeats a page for ever \(request .*still runs/,
  },
  {
    what: "18: a page token that comes again among the models: none is overlooked",
    faults: [{ service: "sagemaker", operation: "ListModelPackages", fault: "repeated-page-token" }],
    code: 6,
    reason: /^Listing the models of \S+: the list repeats a page for ever \(request /,
    started: 0,
  },
];

describe("the stack check, when AWS fails", function () {
  this.timeout(120_000);
  let stack: DeployedStack;
  let whole: Checked;

  before(async () => {
    stack = await DeployedStack.make();
    whole = await stack.check();
    assert.equal(whole.code, 0, whole.reasons);
    assert.equal((await stack.check()).code, 0);
  });
  after(() => stack?.close());

  for (const { what, faults, settings, code, reason = /./, fired, started = 1, seconds } of cases)
    it(`${what}: ${code}`, async () => {
      const checked = await stack.check({ faults, ...settings });
      assert.equal(checked.code, code, checked.lines.join("\n"));
      assert.match(checked.reasons, reason);
      if (fired !== undefined) assert.deepEqual(checked.fired, fired);
      assert.equal(checked.started, started, "executions started");
      if (code === 6) assert.equal(checked.report.reasons.length, 1, "one line");
      if (code === 6 && started === 1 && faults.some(({ service }) => service === "sagemaker"))
        assert.match(checked.reasons, resume);
      if (seconds !== undefined) assert.ok(checked.seconds <= seconds + machine, `${checked.seconds} s`);
    });

  it("8: nothing listens, or nothing has that name: 6 within a minute", async () => {
    for (const url of ["http://127.0.0.1:9", "http://no-such-host.invalid"]) {
      const { code, reasons, seconds } = await stack.check({ url });
      assert.equal(code, 6, reasons);
      assert.match(reasons, /AWS could not be reached \((ECONNREFUSED|ENOTFOUND|EAI_AGAIN)\)/);
      assert.ok(seconds <= 60 + machine, `${seconds} s`);
    }
  });

  it("14: a step that fails: 3, with its reason and the end of its log", async () => {
    const InputDataUrl = `s3://${stack.outputs.artifactBucket}/empty.csv`;
    await stack.write(InputDataUrl, "no,abalone\n");
    const { code, reasons } = await stack.check({ parameters: { InputDataUrl } });
    assert.equal(code, 3, reasons);
    assert.match(reasons, /Step PreprocessAbaloneData failed: \S[\s\S]*the end of its log:\n {4}\S/);
  });

  it("14: its log may be unreadable, and then says so", async () => {
    const InputDataUrl = `s3://${stack.outputs.artifactBucket}/empty.csv`;
    const faults: readonly FaultRuleInput[] = [{ service: "logs", fault: "access-denied" }];
    const { code, reasons } = await stack.check({ parameters: { InputDataUrl }, faults });
    assert.equal(code, 3, reasons);
    assert.match(reasons, /\(it cannot be read: AccessDeniedException\)/);
  });

  it("14: the gate's own Fail step: 1", async () => {
    const { code, reasons } = await stack.check({ parameters: { MseCeiling: "1" } });
    assert.equal(code, 1, reasons);
  });

  it("15: stopped by someone else: 3 within one poll", async () => {
    let arn = "";
    let stopped = Number.POSITIVE_INFINITY;
    const { code, reasons } = await stack.check({
      parameters: { InputDataUrl: await stack.freshData() },
      onLine: (line) => {
        arn = /Execution (\S+)/.exec(line)?.[1] ?? arn;
        if (!/PreprocessAbaloneData +running/.test(line)) return;
        void stack.sagemaker.send(
          new StopPipelineExecutionCommand({ PipelineExecutionArn: arn, ClientRequestToken: "0".repeat(32) }),
        );
        stopped = Date.now();
      },
    });
    assert.equal(code, 3, reasons);
    assert.match(reasons, /^The execution stopped/);
    assert.match(reasons, /^Somebody stopped it in \w+; run it on from there with --retry\.$/m);
    assert.ok(Date.now() - stopped < 10_000);
  });

  it("16: it warns of the status once", async () => {
    const faults: readonly FaultRuleInput[] = [
      { ...describeExecution, fault: "status", status: "Pondering", times: 4 },
    ];
    const { lines } = await stack.check({ faults });
    assert.equal(lines.filter((line) => line.includes("does not know (Pondering)")).length, 1, lines.join("\n"));
  });

  it("18: all pages are read", async () => {
    const { report } = await stack.check({ faults: [{ ...listSteps, fault: "page-size", size: 1 }] });
    assert.equal(report.execution?.steps?.length, whole.report.execution?.steps?.length);
  });
});
