import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { startMoto } from "../local/moto/server.ts";
import { s3Client } from "../local/s3/s3-client.ts";
import { repository } from "../scripts/local-stack/folders.ts";
import { scriptStep } from "../tests/local/definitions.ts";
import { pythons } from "../tests/local/pythons.ts";
import { type Measurement, measurement, median } from "./measurement.ts";

const role = "arn:aws:iam::123456789012:role/bench";
const agent = new Agent({ keepAlive: true, maxSockets: 8 });

/** Calls an operation over HTTP without an SDK, so that the SDK's time is not measured. */
async function call(url: string, operation: string, input: object): Promise<Record<string, string>> {
  const sent = request(url, {
    agent,
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `SageMaker.${operation}`,
      authorization:
        "AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/sagemaker/aws4_request, SignedHeaders=host, Signature=0",
    },
  });
  sent.end(JSON.stringify(input));
  const [answer] = await once(sent, "response");
  let text = "";
  for await (const chunk of answer) text += chunk;
  if (answer.statusCode !== 200) throw new Error(`${operation} of ${url}: ${text}`);
  return JSON.parse(text);
}

const instant = (Name: string, DependsOn: readonly string[]) => ({
  ...{ Name, Type: "Condition", DependsOn },
  Arguments: { Conditions: [{ Type: "Equals", LeftValue: 1, RightValue: 1 }], IfSteps: [], ElseSteps: [] },
});

/** Returns a definition of instant steps in rows of ten. Each row waits for the row before. */
function graph(steps: number) {
  const row = (index: number) => Math.floor(index / 10);
  return Array.from({ length: steps }, (_, index) =>
    instant(`S${index}`, row(index) === 0 ? [] : Array.from({ length: 10 }, (_, i) => `S${(row(index) - 1) * 10 + i}`)),
  );
}

const definition = (Steps: readonly object[]) =>
  JSON.stringify({ Version: "2020-12-01", Metadata: {}, Parameters: [], Steps });
const token = () => Math.random().toString(36).slice(2).padEnd(40, "0");

async function createPipeline(url: string, PipelineName: string, steps: readonly object[]): Promise<void> {
  const PipelineDefinition = definition(steps);
  await call(url, "CreatePipeline", { PipelineName, RoleArn: role, ClientRequestToken: token(), PipelineDefinition });
}

async function startExecution(url: string, PipelineName: string): Promise<string> {
  const answer = await call(url, "StartPipelineExecution", { PipelineName, ClientRequestToken: token() });
  return answer["PipelineExecutionArn"] ?? "";
}

const describe = (url: string, arn: string) => call(url, "DescribePipelineExecution", { PipelineExecutionArn: arn });

/** Waits for an execution to succeed. */
async function succeeded(url: string, arn: string): Promise<void> {
  for (;;) {
    const { PipelineExecutionStatus: status, FailureReason } = await describe(url, arn);
    if (status === "Succeeded") return;
    if (status !== "Executing") throw new Error(`${arn}: ${status} ${FailureReason}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Returns the seconds that `requests` calls of DescribePipelineExecution take, eight at a time. */
async function describing(url: string, arn: string, requests: number): Promise<number> {
  const began = performance.now();
  const one = async () => {
    for (let index = 0; index < requests / 8; index++) await describe(url, arn);
  };
  await Promise.all(Array.from({ length: 8 }, one));
  return (performance.now() - began) / 1000;
}

/** Measures the same description alternately on this endpoint and on moto. */
async function requests(url: string, moto: string): Promise<Measurement> {
  const arns: string[] = [];
  for (const each of [url, moto]) {
    await createPipeline(each, "described", [instant("S", [])]);
    arns.push(await startExecution(each, "described"));
  }
  const [own = "", others = ""] = arns;
  const times: (readonly [number, number])[] = [];
  for (let round = 0; round < 5; round++)
    times.push([await describing(url, own, 2000), await describing(moto, others, 400)]);
  const seconds = median(times.map(([each]) => each)) / 2000;
  return measurement(
    "1,000 DescribePipelineExecution",
    seconds * 1000,
    "moto's time",
    (median(times.map(([, each]) => each)) / 400) * 1000,
  );
}

async function scheduling(url: string, steps: number): Promise<number> {
  const name = `graph-${steps}`;
  await createPipeline(url, name, graph(steps));
  const times: number[] = [];
  for (let round = 0; round < 3; round++) {
    const began = performance.now();
    await succeeded(url, await startExecution(url, name));
    times.push((performance.now() - began) / 1000);
  }
  return median(times);
}

/** Returns the peak memory of a process in megabytes. */
function peakMegabytes({ pid }: ChildProcess): number {
  const [, kilobytes = "0"] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kilobytes) / 1024;
}

/** Returns the seconds of 100 executions at once, and of 100 in sequence. Their steps are instant, not jobs. */
async function atOnce(url: string): Promise<readonly [number, number]> {
  await createPipeline(url, "at-once", graph(100));
  const began = performance.now();
  for (let index = 0; index < 100; index++) await succeeded(url, await startExecution(url, "at-once"));
  const middle = performance.now();
  const started = await Promise.all(Array.from({ length: 100 }, () => startExecution(url, "at-once")));
  await Promise.all(started.map((arn) => succeeded(url, arn)));
  return [(performance.now() - middle) / 1000, (middle - began) / 1000];
}

/** Returns the seconds of an execution with one job: as one of 20 in sequence, and as one of 100 at once. */
async function jobs(url: string): Promise<readonly [alone: number, together: number]> {
  const s3 = s3Client(url, "us-east-1");
  await s3.send(new CreateBucketCommand({ Bucket: "bench" }));
  await s3.send(new PutObjectCommand({ Bucket: "bench", Key: "code/job.py", Body: "print(sum(range(1000)))" }));
  await createPipeline(url, "jobs", [scriptStep({ name: "Job", code: "s3://bench/code/job.py" })]);
  // The first execution starts the warm Python and is not measured.
  await succeeded(url, await startExecution(url, "jobs"));
  const began = performance.now();
  for (let index = 0; index < 20; index++) await succeeded(url, await startExecution(url, "jobs"));
  const middle = performance.now();
  const started = await Promise.all(Array.from({ length: 100 }, () => startExecution(url, "jobs")));
  await Promise.all(started.map((arn) => succeeded(url, arn)));
  s3.destroy();
  return [(middle - began) / 20_000, (performance.now() - middle) / 100_000];
}

/** Measures the local endpoint's answers and scheduling. Goals: a fifth of moto's time, and 1,000 steps in 3 s. */
export async function measureEndpoint(): Promise<readonly Measurement[]> {
  const state = mkdtempSync(join(tmpdir(), "bench-endpoint-"));
  const child = spawn(process.execPath, ["--import", "tsx", "tests/local/endpoint-process.ts", state], {
    cwd: repository,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const moto = await startMoto((await pythons()).moto, join(state, "moto.jsonl"));
  try {
    const [url = ""] = await once(createInterface({ input: child.stdout }), "line");
    const described = await requests(url, moto.url);
    const [thousand, twoThousand] = [await scheduling(url, 1000), await scheduling(url, 2000)];
    const before = peakMegabytes(child);
    const [together, alone] = await atOnce(url);
    const [job, jobOfMany] = await jobs(url);
    const after = peakMegabytes(child);
    return [
      described,
      measurement("a graph of 1,000 instant steps", thousand, "3 s", 3),
      measurement("a graph of 2,000 instant steps", twoThousand, "1,000 steps", thousand),
      measurement("100 executions of 100 steps at once", together, "one after another", alone),
      measurement("an execution of a job, of 100 at once", jobOfMany, "one alone", job),
      measurement("the memory of all of these", after, "the memory before", before, "MB"),
    ];
  } finally {
    agent.destroy();
    await moto.close();
    child.kill("SIGTERM");
    await once(child, "exit");
    rmSync(state, { recursive: true, force: true });
  }
}
