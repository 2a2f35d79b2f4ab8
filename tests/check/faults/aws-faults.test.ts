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
  /** How often each fault is injected. */
  readonly fired?: readonly number[];
  readonly started?: number;
  /** The check's longest time by its own clock, on which a second of this machine is a hundred. */
  readonly seconds?: number;
}

/** The seconds of the check's clock that a busy machine may add. `waiting.test.ts` measures by a virtual clock instead. */
const machine = 300;

const resume =
  /The execution is still running; follow it again with --execution arn:aws:sagemaker:\S+\/execution\/\S+\.$/;

const cases: readonly Case[] = [
  {
    what: "AWS throttles every operation twice",
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
    what: "AWS throttles more calls than the SDK retries",
    faults: [{ ...describeExecution, fault: "throttling", times: 25 }],
    code: 0,
    fired: [25],
  },
  {
    what: "AWS throttles until the deadline",
    faults: [{ ...describeExecution, fault: "throttling" }],
    settings: { timeout: 5 },
    code: 4,
    reason: /still running: arn:/,
    seconds: 320,
  },
  {
    what: "AWS answers 500 and 503",
    faults: [
      { ...describeExecution, fault: "internal-error", times: 3 },
      { ...describeExecution, fault: "unavailable", times: 5 },
      { ...startExecution, fault: "unavailable", times: 4 },
    ],
    code: 0,
  },
  {
    what: "the answer to the start is lost five times",
    faults: [{ ...startExecution, fault: "lost-response", times: 5 }],
    code: 0,
    fired: [5],
  },
  {
    what: "connections are reset, and closed in the middle of a body",
    faults: [
      { ...describeExecution, fault: "reset", times: 2 },
      { ...listSteps, fault: "short-body", times: 2 },
      { ...getObject, fault: "reset", times: 1 },
      { ...startExecution, fault: "reset", times: 2 },
    ],
    code: 0,
  },
  {
    what: "the server accepts a connection and never answers",
    faults: [
      { ...startExecution, fault: "hang", times: 1 },
      { ...describeExecution, fault: "hang", times: 1 },
    ],
    settings: { requestTimeout: 700 },
    code: 0,
    fired: [1, 1],
  },
  {
    what: "a body stops half-way while its connection stays open",
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
    what: "an answer has half of its JSON",
    faults: [{ ...describeExecution, fault: "truncated-body" }],
    code: 6,
    reason: /^(Reading|Following) arn:\S+: the answer is not from AWS \(.+; request [\w-]{8,}\)/,
    fired: [1],
  },
  {
    what: "an answer is a page of HTML",
    faults: [{ ...describeExecution, fault: "not-json", skip: 1 }],
    settings: { parameters: { ErrorCeiling: "8" } },
    code: 6,
    reason: /the answer is not from AWS \(.+; request [0-9a-f-]{36}\)/,
  },
  {
    what: "the server closes every connection",
    faults: [{ ...describeExecution, fault: "disconnect" }],
    code: 6,
    reason: /AWS could not be reached \(ECONNRESET\).*still running/,
    seconds: 60,
  },
  {
    what: "the credentials expire during the wait",
    faults: [{ ...describeExecution, fault: "expired-credentials" }],
    code: 6,
    reason: /no usable credentials \(The security token included in the request is expired\): log in/,
    fired: [1],
  },
  {
    what: "the start is denied",
    faults: [{ ...startExecution, fault: "access-denied" }],
    code: 6,
    reason: /^Starting \S+: access denied: .* not authorized to perform: sagemaker:StartPipelineExecution on .* Allow/,
    fired: [1],
    started: 0,
  },
  {
    what: "describing the execution is denied",
    faults: [{ ...describeExecution, fault: "access-denied" }],
    code: 6,
    reason: /access denied: .* sagemaker:DescribePipelineExecution .*Allow the action/,
    fired: [1],
  },
  {
    what: "reading the evaluation is denied by an error that names no action",
    // The first object that is read is the evaluation of the approved model, before the start.
    faults: [{ ...getObject, skip: 1, fault: "error", type: "AccessDenied", message: "Access Denied", status: 403 }],
    code: 6,
    reason: /access denied \(s3:GetObject\): Access Denied/,
    fired: [1],
  },
  {
    what: "looking for the model is denied by a HEAD, whose answer has no reason",
    faults: [{ service: "s3", operation: "HeadObject", fault: "access-denied" }],
    code: 6,
    reason: /^Reading s3:\S+: access denied \(s3:GetObject\): allow the action and run again\. \(request /,
    started: 0,
  },
  {
    what: "the credentials expired before a HEAD, whose answer has no reason",
    faults: [{ service: "s3", operation: "HeadObject", fault: "expired-credentials" }],
    code: 6,
    reason:
      /^Reading s3:\S+: S3 rejects it without a reason, as it does with expired credentials: log in and run again/,
    started: 0,
  },
  {
    what: "the role cannot be assumed for half a minute",
    faults: [{ ...startExecution, fault: "role-not-assumable", times: 8 }],
    code: 0,
    fired: [8],
  },
  {
    what: "the role can never be assumed",
    faults: [{ ...startExecution, fault: "role-not-assumable" }],
    code: 6,
    reason:
      /Could not assume role arn:\S+ .*Allow sagemaker\.amazonaws\.com to assume the role in its trust policy\. \(request/,
    started: 0,
    seconds: 120,
  },
  {
    what: "the execution does not end",
    faults: [{ ...describeExecution, fault: "status", status: "Executing" }],
    settings: { timeout: 5 },
    code: 4,
    reason: /did not end in time and is still running: arn:\S+\. Continue with --execution arn:/,
    seconds: 320,
  },
  {
    what: "the steps' page token is repeated",
    faults: [{ ...listSteps, fault: "repeated-page-token" }],
    code: 6,
    reason: /Listing the steps of arn:\S+: AWS repeats a page of the list endlessly \(request .*still running/,
  },
  {
    what: "the models' page token is repeated",
    faults: [{ service: "sagemaker", operation: "ListModelPackages", fault: "repeated-page-token" }],
    code: 6,
    reason: /^Listing the models of \S+: AWS repeats a page of the list endlessly \(request /,
    started: 0,
  },
];

describe("the stack check and failures of AWS", function () {
  this.timeout(120_000);
  let stack: DeployedStack;
  let whole: Checked;

  before(async () => {
    ({ stack, first: whole } = await DeployedStack.make());
    assert.equal((await stack.check()).code, 0);
  });
  after(() => stack?.close());

  for (const { what, faults, settings, code, reason = /./, fired, started = 1, seconds } of cases)
    it(`exits with ${code} when ${what}`, async () => {
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

  it("exits with 6 within a minute when nothing listens, and when the name does not resolve", async () => {
    for (const url of ["http://127.0.0.1:9", "http://no-such-host.invalid"]) {
      const { code, reasons, seconds } = await stack.check({ url });
      assert.equal(code, 6, reasons);
      assert.match(reasons, /AWS could not be reached \((ECONNREFUSED|ENOTFOUND|EAI_AGAIN)\)/);
      assert.ok(seconds <= 60 + machine, `${seconds} s`);
    }
  });

  it("exits with 3 when a step fails, and shows its reason and the end of its log", async () => {
    const InputDataUrl = `s3://${stack.outputs.artifactBucket}/empty.csv`;
    await stack.write(InputDataUrl, "no,crickets\n");
    const { code, reasons } = await stack.check({ parameters: { InputDataUrl } });
    assert.equal(code, 3, reasons);
    assert.match(reasons, /Step SplitChirps failed: \S[\s\S]*the end of its log:\n {4}\S/);
  });

  it("exits with 3 and says so when the failed step's log cannot be read", async () => {
    const InputDataUrl = `s3://${stack.outputs.artifactBucket}/empty.csv`;
    const faults: readonly FaultRuleInput[] = [{ service: "logs", fault: "access-denied" }];
    const { code, reasons } = await stack.check({ parameters: { InputDataUrl }, faults });
    assert.equal(code, 3, reasons);
    assert.match(reasons, /\(it cannot be read: AccessDeniedException\)/);
  });

  it("exits with 1 when the step that fails is the gate's own Fail step", async () => {
    const { code, reasons } = await stack.check({ parameters: { ErrorCeiling: "1" } });
    assert.equal(code, 1, reasons);
  });

  it("exits with 3 within one poll when someone else stops the execution", async () => {
    let arn = "";
    let stopped = Number.POSITIVE_INFINITY;
    const { code, reasons } = await stack.check({
      parameters: { InputDataUrl: await stack.freshData() },
      onLine: (line) => {
        arn = /Execution (\S+)/.exec(line)?.[1] ?? arn;
        if (!/SplitChirps +running/.test(line)) return;
        void stack.sagemaker.send(
          new StopPipelineExecutionCommand({ PipelineExecutionArn: arn, ClientRequestToken: "0".repeat(32) }),
        );
        stopped = Date.now();
      },
    });
    assert.equal(code, 3, reasons);
    assert.match(reasons, /^The execution stopped/);
    assert.match(reasons, /^Somebody stopped it in \w+; continue it from there with --retry\.$/m);
    assert.ok(Date.now() - stopped < 10_000);
  });

  it("waits on an unknown status, and warns of it once", async () => {
    const faults: readonly FaultRuleInput[] = [
      { ...describeExecution, fault: "status", status: "Pondering", times: 4 },
    ];
    const { code, fired, started, lines } = await stack.check({ faults });
    assert.deepEqual({ code, fired, started }, { code: 0, fired: [4], started: 1 });
    assert.equal(lines.filter((line) => line.includes("does not know (Pondering)")).length, 1, lines.join("\n"));
  });

  it("reads all pages of the steps", async () => {
    const { code, report } = await stack.check({ faults: [{ ...listSteps, fault: "page-size", size: 1 }] });
    assert.equal(code, 0);
    assert.equal(report.execution?.steps?.length, whole.report.execution?.steps?.length);
  });
});
