import assert from "node:assert/strict";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { appendFile, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import { DescribePipelineCommand, StartPipelineExecutionCommand } from "@aws-sdk/client-sagemaker";
import { startEndpoint } from "../../local/endpoint.ts";
import { isRunning, processIdentity } from "../../local/state/process-identity.ts";
import { definition, prelude, scriptStep } from "./definitions.ts";
import {
  appears,
  bucket,
  clients,
  createPipeline,
  discard,
  follow,
  makeBucket,
  put,
  run,
  start,
  startLocalAws,
  temporaryFolder,
} from "./local-aws.ts";
import { pythons } from "./pythons.ts";
import { startEndpointProcess } from "./start-endpoint-process.ts";
import { restartLocalAws, useLocalAws } from "./use-local-aws.ts";

async function gone(pid: number): Promise<void> {
  const identity = processIdentity(pid);
  while (identity !== undefined && isRunning(identity)) await delay(10);
}

/** Returns the id that a process sees for itself, which differs from the outer one in a PID namespace. */
function ownId(pid: number): number {
  if (process.platform !== "linux") return pid;
  return Number(/^NSpid:.*?(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
}

describe("startEndpoint", () => {
  const aws = useLocalAws();

  it("rejects a state folder in use and names the process", async () => {
    const options = { port: 0, state: aws.state, pythons: await pythons() };
    await assert.rejects(startEndpoint(options), {
      code: "state-in-use",
      message: new RegExp(`used by process ${process.pid}`),
    });
  });

  it("rejects a port in use and unlocks its state folder", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const state = await temporaryFolder();
    await assert.rejects(startEndpoint({ port, state, pythons: await pythons() }), {
      code: "port-in-use",
      message: new RegExp(`^port ${port} is already in use`),
    });
    server.close();
    const second = await startEndpoint({ port: 0, state, pythons: await pythons() });
    await second.close();
    await second.close();
    await rm(state, { recursive: true });
  });

  it("answers an unknown operation with an error that names it", async () => {
    const response = await fetch(aws.url, {
      method: "POST",
      headers: { "x-amz-target": "SageMaker.CreateEndpoint", "content-type": "application/x-amz-json-1.1" },
      body: "{}",
    });
    assert.equal(response.status, 400);
    const body = (await response.json()) as { __type: string; message: string };
    assert.equal(body.__type, "UnknownOperationException");
    assert.match(body.message, /CreateEndpoint/);
  });

  it("keeps objects, pipelines, executions and the step cache across a restart", async function () {
    this.timeout(30_000);
    const code = await put(aws, "code/kept/kept.py", `${prelude}\nreport(x=1)\n`);
    await createPipeline(aws, "Kept", definition([scriptStep({ name: "S", code, cached: true })]));
    const first = await run(aws, "Kept");
    assert.equal(first.status, "Succeeded");
    await restartLocalAws(aws);
    assert.equal((await follow(aws, first.arn)).status, "Succeeded");
    const again = await run(aws, "Kept");
    assert.equal(again.steps["S"]?.CacheHitResult?.SourcePipelineExecutionArn, first.arn);
    const object = await aws.s3.send(new GetObjectCommand({ Bucket: bucket, Key: "code/kept/kept.py" }));
    assert.equal(await object.Body?.transformToString(), `${prelude}\nreport(x=1)\n`);
  });

  it("ends a running job and fails its execution when it is closed", async function () {
    this.timeout(30_000);
    const code = await put(aws, "code/long/long.py", "import time\nprint('up', flush=True)\ntime.sleep(60)\n");
    await createPipeline(aws, "Closed", definition([scriptStep({ name: "Long", code })]));
    const arn = await start(aws, "Closed");
    await follow(aws, arn, (now) => now.steps["Long"]?.StepStatus === "Executing");
    await restartLocalAws(aws);
    const ended = await follow(aws, arn);
    assert.equal(ended.status, "Failed");
    assert.match(ended.reason ?? "", /local endpoint ended while this execution ran/);
  });

  it("starts one execution for two requests with the same token", async () => {
    await createPipeline(aws, "Token", definition([{ Name: "F", Type: "Fail", Arguments: { ErrorMessage: "m" } }]));
    const once = () =>
      aws.sagemaker.send(
        new StartPipelineExecutionCommand({ PipelineName: "Token", ClientRequestToken: "a".repeat(32) }),
      );
    const [one, two] = await Promise.all([once(), once()]);
    assert.equal(one.PipelineExecutionArn, two.PipelineExecutionArn);
  });
});

describe("an endpoint after SIGKILL", () => {
  it("starts again with its objects, ends the left jobs and fails their executions", async function () {
    this.timeout(60_000);
    const state = await temporaryFolder();
    const { url, child } = await startEndpointProcess(state);
    const killed = clients(url);
    await makeBucket(killed);
    const code = await put(
      killed,
      "code/1/orphan.py",
      `${prelude}\ns3("PUT", "${bucket}/pid", str(os.getpid()).encode())\ntime.sleep(60)\n`,
    );
    await createPipeline(killed, "Orphan", definition([scriptStep({ name: "Long", code })]));
    const arn = await start(killed, "Orphan");
    const pid = Number(await appears(killed, "pid"));
    // The job, and the prepared Python from which it was forked.
    const left = readdirSync(join(state, "processes")).map((name) => Number(name.replace(".json", "")));
    const ownIds = left.map(ownId);
    assert.ok(ownIds.includes(pid), `${pid} is not in ${ownIds}`);
    child.kill("SIGKILL");
    await once(child, "exit");
    // Two writes that a kill has interrupted.
    await appendFile(join(state, "aws-journal.jsonl"), '{"environ":{"REQUEST_METH');
    await writeFile(join(state, "sagemaker", "pipelines", "x.json.1.0.unfinished"), '{"Pipe');

    const aws = await startLocalAws(state);
    try {
      await Promise.all(left.map(gone));
      const ended = await follow(aws, arn);
      assert.equal(ended.status, "Failed");
      assert.match(ended.reason ?? "", /local endpoint ended/);
      assert.equal(ended.steps["Long"]?.StepStatus, "Stopped");
      const pipeline = await aws.sagemaker.send(new DescribePipelineCommand({ PipelineName: "Orphan" }));
      assert.equal(pipeline.PipelineName, "Orphan");
      const object = await aws.s3.send(new GetObjectCommand({ Bucket: bucket, Key: "pid" }));
      assert.equal(await object.Body?.transformToString(), String(pid));
    } finally {
      await discard(aws);
    }
  });

  it("rejects an invalid journal and suggests --reset", async function () {
    this.timeout(20_000);
    const state = await temporaryFolder();
    const journal = join(state, "aws-journal.jsonl");
    await writeFile(journal, "not json\n");
    await assert.rejects(startEndpoint({ port: 0, state, pythons: await pythons() }), (error: Error) => {
      assert.match(error.message, /aws-journal\.jsonl cannot be replayed: line 1/);
      assert.match(error.message, /--reset/);
      return true;
    });
    await truncate(journal);
    const endpoint = await startEndpoint({ port: 0, state, pythons: await pythons() });
    await endpoint.close();
    assert.equal(await readFile(journal, "utf8"), "");
    await rm(state, { recursive: true });
  });
});
