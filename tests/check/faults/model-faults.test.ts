import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DeleteObjectCommand } from "@aws-sdk/client-s3";
import { DescribeModelPackageCommand } from "@aws-sdk/client-sagemaker";
import { DeployedStack, place } from "./deployed-stack.ts";

describe("the stack check, broken stacks and lost models", function () {
  this.timeout(120_000);
  let stack: DeployedStack;
  let approved: { readonly arn: string; readonly modelUrl: string; readonly evaluationUrl: string };

  before(async () => {
    const made = await DeployedStack.make();
    stack = made.stack;
    const { reasons, report } = made.first;
    const arn = report.candidate?.modelPackageArn ?? assert.fail(reasons);
    const described = await stack.sagemaker.send(new DescribeModelPackageCommand({ ModelPackageName: arn }));
    assert.equal(described.ModelApprovalStatus, "Approved");
    approved = {
      arn,
      modelUrl: described.InferenceSpecification?.Containers?.[0]?.ModelDataUrl ?? assert.fail(),
      evaluationUrl: described.ModelMetrics?.ModelQuality?.Statistics?.S3Uri ?? assert.fail(),
    };
  });
  after(() => stack?.close());

  it("exits with 2 when the pipeline does not exist, and says how to deploy it", async () => {
    const { code, reasons, started } = await stack.check({ pipeline: { name: "no-such-pipeline" } });
    assert.equal(code, 2, reasons);
    assert.match(reasons, /no-such-pipeline.* Deploy the stack first \(pulumi up\)/);
    assert.equal(started, 0);
  });

  it("exits with 2 and starts nothing when the credentials are those of another account", async () => {
    const { arn } = stack.outputs.pipelines["crickets"] ?? assert.fail();
    const pipeline = { arn: arn.replace(/\d{12}/, "999988887777") };
    for (let run = 0; run < 2; run++) {
      const { code, reasons, started } = await stack.check({ pipeline });
      assert.equal(code, 2, reasons);
      assert.match(
        reasons,
        /^The credentials lead to arn:\S+:123456789012:\S+, but the stack's pipeline is arn:\S+:999988887777:/,
      );
      assert.equal(started, 0);
    }
  });

  const advice = /: reject it, approve another, or give --baseline ARN\.$/;

  /** Checks while an object is replaced, or gone if there is no text. */
  async function checkWith(uri: string, text: string | undefined) {
    const before = await stack.readBytes(uri);
    if (text === undefined) await stack.s3.send(new DeleteObjectCommand(place(uri)));
    else await stack.write(uri, text);
    try {
      // Other data, so that no step is taken from the cache.
      return await stack.check({ parameters: { InputDataUrl: await stack.freshData() } });
    } finally {
      await stack.write(uri, before);
    }
  }

  it("exits with 5 when the approved model's evaluation is gone", async () => {
    const { code, reasons, started } = await checkWith(approved.evaluationUrl, undefined);
    assert.equal(code, 5, reasons);
    assert.match(reasons, /^The approved model \S+ was registered with the evaluation \S+, which is gone/);
    assert.match(reasons, advice);
    assert.equal(started, 0);
  });

  it("exits with 6 when a proxy answers instead of the approved model's evaluation, and advises no rejection", async () => {
    const { code, reasons, started } = await checkWith(
      approved.evaluationUrl,
      "\n<!DOCTYPE html><title>Sign in</title>",
    );
    assert.equal(code, 6, reasons);
    assert.match(reasons, /^Reading s3:\S+: the answer is a web page, .* a proxy answers/);
    assert.equal(started, 0);
  });

  it("exits with 5 when the approved model's archive is gone", async () => {
    const { code, reasons, started } = await checkWith(approved.modelUrl, undefined);
    assert.equal(code, 5, reasons);
    assert.match(reasons, /^The approved model \S+ has its model at \S+, which is gone/);
    assert.match(reasons, advice);
    assert.equal(started, 0);
  });

  it("exits with 5 when the baseline's archive is lost during the execution, and starts a new execution the next time", async () => {
    const origin = { changed: false, commit: "1".repeat(40) };
    const before = await stack.readBytes(approved.modelUrl);
    const denied = { service: "sagemaker", operation: "DescribeProcessingJob", fault: "access-denied" } as const;
    const cut = await stack.check({ origin, faults: [denied] });
    assert.deepEqual([cut.code, cut.started], [6, 1], cut.reasons);
    await stack.s3.send(new DeleteObjectCommand(place(approved.modelUrl)));
    const lost = await stack.check({ origin });
    await stack.write(approved.modelUrl, before);
    assert.deepEqual([lost.code, lost.started], [5, 0], lost.reasons);
    assert.match(lost.reasons, /which is gone.*reject it, approve another/);
    assert.equal(lost.report.execution?.arn, cut.report.execution?.arn);
    const next = await stack.check({ origin });
    assert.deepEqual([next.code, next.started], [0, 1], next.reasons);
  });

  it("exits with 5 when the baseline cannot be scored, and shows the script's reason", async () => {
    const { code, reasons, report } = await checkWith(approved.modelUrl, "no model");
    assert.equal(code, 5, reasons);
    assert.match(reasons, /^An approved model cannot be scored on the candidate's rows \(.*not a model\.tar\.gz/);
    assert.match(reasons, advice);
    assert.equal(report.candidate, undefined);
  });

  it("exits with 5 when the baseline was split by another rule", async () => {
    const text = (await stack.readBytes(approved.evaluationUrl)).toString("utf8");
    const evaluation = JSON.parse(text) as { readonly test: object };
    const other = { ...evaluation, test: { ...evaluation.test, split_rule: "another/1" } };
    const { code, reasons } = await checkWith(approved.evaluationUrl, JSON.stringify(other));
    assert.equal(code, 5, reasons);
    assert.match(
      reasons,
      /test\.split_rule is "\S+": the baseline's data was split by another\/1, so the baseline may have/,
    );
  });

  it("passes when the archive and the evaluation are back", async () => {
    assert.equal((await stack.check()).code, 0);
  });

  /** Returns the command's exit code, its errors and the number of its calls, for given stack outputs. */
  async function checkStack(outputs: object) {
    const file = join(stack.folder, "other-outputs.json");
    writeFileSync(file, JSON.stringify(outputs));
    stack.endpoint.faults.add([{ fault: "latency", milliseconds: 1 }]);
    const args = ["scripts/launch.mjs", "check-stack", "--outputs", file, "--report", join(stack.folder, "other")];
    const ended = await new Promise<{ readonly code: unknown; readonly stderr: string }>((resolve) => {
      execFile(process.execPath, args, { cwd: stack.clone.folder }, (error, _, stderr) =>
        resolve({ code: error?.code ?? 0, stderr }),
      );
    });
    const calls = stack.endpoint.faults.list()[0]?.fired;
    stack.endpoint.faults.clear();
    return { ...ended, calls };
  }

  it("exits with 2 before any call when the stack is half deployed or of another version, and says how to recover", async () => {
    const { outputs } = stack;
    const half = { ...outputs.pipelines["crickets"], gate: {} };
    const { pipelines: __, ...without } = outputs;
    const wrong: readonly (readonly [object, RegExp])[] = [
      [{}, /version/],
      [without, /pipelines/],
      [{ ...outputs, pipelines: { crickets: half } }, /pipelines\.crickets\.gate/],
      [{ ...outputs, pipelines: {} }, /no pipeline/],
      [{ ...outputs, version: outputs.version + 1 }, /version/],
    ];
    for (const [values, names] of wrong) {
      const { code, stderr, calls } = await checkStack(values);
      assert.equal(code, 2, stderr);
      assert.match(stderr, names);
      assert.match(stderr, /pulumi up/);
      assert.equal(stderr.trimEnd().split("\n").length, 1, stderr);
      assert.equal(calls, 0, "calls");
    }
  });
});
