import assert from "node:assert/strict";
import { IAMClient, ListRolesCommand } from "@aws-sdk/client-iam";
import { GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import {
  DescribePipelineExecutionCommand,
  ListPipelineExecutionStepsCommand,
  ListPipelineExecutionsCommand,
  ListPipelinesCommand,
  paginateListPipelines,
  SageMakerClient,
  StartPipelineExecutionCommand,
  UpdatePipelineCommand,
} from "@aws-sdk/client-sagemaker";
import type { FaultRuleInput } from "../../../local/faults/fault-rule.ts";
import { definition } from "../definitions.ts";
import { bucket, createPipeline, put, run } from "../local-aws.ts";
import { useLocalAws } from "../use-local-aws.ts";
import { errorAnswers } from "./error-answers.ts";

const failing = definition([{ Name: "F", Type: "Fail", Arguments: { ErrorMessage: "m" } }]);
const newRole = "arn:aws:iam::123456789012:role/new";

describe("injectFault", () => {
  const aws = useLocalAws();
  /** Clients without retries, and clients with the SDK's default retries. */
  let once: { sagemaker: SageMakerClient; s3: S3Client; iam: IAMClient };
  let patient: { sagemaker: SageMakerClient; s3: S3Client };
  let executionArn: string;

  before(async function () {
    this.timeout(180_000);
    const shared = {
      endpoint: aws.url,
      region: "us-east-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    };
    const single = { ...shared, maxAttempts: 1 };
    once = {
      sagemaker: new SageMakerClient(single),
      s3: new S3Client({ ...single, forcePathStyle: true }),
      iam: new IAMClient(single),
    };
    patient = { sagemaker: new SageMakerClient(shared), s3: new S3Client({ ...shared, forcePathStyle: true }) };
    await put(aws, "kept", "x".repeat(10_000));
    for (const name of ["A", "B", "C"]) await createPipeline(aws, name, failing);
    executionArn = (await run(aws, "A")).arn;
  });
  afterEach(() => fetch(`${aws.url}/_local/faults`, { method: "DELETE" }));

  const control = async (method: string, body?: unknown, path = "") => {
    const response = await fetch(`${aws.url}/_local/faults${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return {
      status: response.status,
      body: (await response.json()) as { faults: { fired: number }[]; message: string },
    };
  };
  const add = async (...rules: FaultRuleInput[]) => assert.equal((await control("POST", rules)).status, 200);
  const fired = async () => (await control("GET")).body.faults.map((each) => each.fired);
  const describeOnce = (client = once.sagemaker) =>
    client.send(new DescribePipelineExecutionCommand({ PipelineExecutionArn: executionArn }));
  const executions = async () =>
    (await aws.sagemaker.send(new ListPipelineExecutionsCommand({ PipelineName: "A" }))).PipelineExecutionSummaries ??
    [];

  for (const [rule, ...answers] of errorAnswers) {
    it(`answers ${rule.fault} with each protocol's own error and a request id`, async () => {
      await add(rule);
      const calls = [
        () => describeOnce(),
        () => once.s3.send(new GetObjectCommand({ Bucket: bucket, Key: "kept" })),
        () => once.iam.send(new ListRolesCommand({})),
      ];
      for (const [index, call] of calls.entries()) {
        const { status, ...expected } = answers[index] as { status: number };
        await assert.rejects(call(), (error: Error & { $metadata: { httpStatusCode: number; requestId: string } }) => {
          assert.equal(error.$metadata.httpStatusCode, status);
          assert.ok(error.$metadata.requestId);
          assert.throws(() => {
            throw error;
          }, expected);
          return true;
        });
      }
      assert.deepEqual(await fired(), [3]);
    });
  }

  it("names the rule's or the request's role in a role-not-assumable error", async () => {
    await add(
      { fault: "role-not-assumable", operation: "StartPipelineExecution", role: "arn:aws:iam::1:role/r" },
      { fault: "role-not-assumable", operation: "UpdatePipeline" },
    );
    const words = (role: string) => ({
      name: "ValidationException",
      message: `Could not assume role ${role}. Please ensure that the role exists and allows principal 'sagemaker.amazonaws.com' to assume the role.`,
    });
    const start = new StartPipelineExecutionCommand({ PipelineName: "A", ClientRequestToken: "t".repeat(32) });
    await assert.rejects(once.sagemaker.send(start), words("arn:aws:iam::1:role/r"));
    const update = new UpdatePipelineCommand({ PipelineName: "A", RoleArn: newRole });
    await assert.rejects(once.sagemaker.send(update), words(newRole));
  });

  for (const fault of [
    "throttling",
    "internal-error",
    "unavailable",
    "disconnect",
    "lost-response",
    "reset",
    "short-body",
  ] as const)
    it(`is survived by the SDK's default retries if ${fault} happens twice`, async () => {
      await add({ fault, operation: "DescribePipelineExecution", times: 2 });
      assert.equal((await describeOnce(patient.sagemaker)).PipelineExecutionStatus, "Failed");
      assert.deepEqual(await fired(), [2]);
    });

  it("starts one execution if the client repeats its token after a lost-response", async () => {
    const before = (await executions()).length;
    const token = "l".repeat(32);
    const start = (client: SageMakerClient) =>
      client.send(new StartPipelineExecutionCommand({ PipelineName: "A", ClientRequestToken: token }));
    await add({ fault: "lost-response", service: "sagemaker", operation: "StartPipelineExecution", times: 1 });
    await assert.rejects(start(once.sagemaker), { code: "ECONNRESET" });
    const [begun] = await executions();
    assert.equal((await start(once.sagemaker)).PipelineExecutionArn, begun?.PipelineExecutionArn);
    assert.equal((await executions()).length, before + 1);
  });

  it("does not start an execution after a disconnect", async () => {
    const before = (await executions()).length;
    await add({ fault: "disconnect", operation: "StartPipelineExecution" });
    const start = new StartPipelineExecutionCommand({ PipelineName: "A", ClientRequestToken: "d".repeat(32) });
    await assert.rejects(once.sagemaker.send(start), { code: "ECONNRESET" });
    assert.equal((await executions()).length, before);
  });

  it("sends no answer for a hang until the client's timeout", async () => {
    await add({ fault: "hang", operation: "DescribePipelineExecution" });
    const command = new DescribePipelineExecutionCommand({ PipelineExecutionArn: executionArn });
    await assert.rejects(once.sagemaker.send(command, { abortSignal: AbortSignal.timeout(100) }), {
      name: "AbortError",
    });
    assert.deepEqual(await fired(), [1]);
  });

  it("delays an answer by the milliseconds of a latency", async () => {
    await add({ fault: "latency", operation: "DescribePipelineExecution", milliseconds: 150 });
    const began = performance.now();
    assert.equal((await describeOnce()).PipelineExecutionStatus, "Failed");
    assert.ok(performance.now() - began >= 145);
  });

  for (const fault of ["truncated-body", "not-json"] as const)
    it(`answers ${fault} with status 200, a request id and a body that the SDK cannot parse`, async () => {
      await add({ fault, operation: "DescribePipelineExecution" });
      await assert.rejects(
        describeOnce(),
        (error: SyntaxError & { $metadata: { requestId: string }; $response: { statusCode: number } }) => {
          assert.equal(error.name, "SyntaxError");
          assert.ok(error.$metadata.requestId);
          assert.equal(error.$response.statusCode, 200);
          return true;
        },
      );
    });

  for (const fault of ["reset", "short-body"] as const)
    it(`breaks the connection in the middle of an S3 object for ${fault}`, async () => {
      await add({ fault, service: "s3", operation: "GetObject", times: 1 });
      const read = async () => {
        const object = await once.s3.send(new GetObjectCommand({ Bucket: bucket, Key: "kept" }));
        return (await object.Body?.transformToString())?.length;
      };
      await assert.rejects(read(), { code: "ECONNRESET" });
      assert.equal(await read(), 10_000);
    });

  it("injects a fault only into the rule's S3 operation", async () => {
    await add({ fault: "throttling", service: "s3", operation: "ListObjectsV2" });
    await once.s3.send(new GetObjectCommand({ Bucket: bucket, Key: "kept" }));
    await assert.rejects(once.s3.send(new ListObjectsV2Command({ Bucket: bucket })), { name: "SlowDown" });
  });

  it("replaces the status of an execution or of one step", async () => {
    await add(
      { fault: "status", operation: "DescribePipelineExecution", status: "Hibernating", times: 1 },
      { fault: "status", operation: "ListPipelineExecutionSteps", status: "Paused", step: "F", times: 1 },
      { fault: "status", operation: "ListPipelineExecutionSteps", status: "Paused", step: "G", times: 1 },
    );
    const steps = async () => {
      const list = new ListPipelineExecutionStepsCommand({ PipelineExecutionArn: executionArn });
      return (await once.sagemaker.send(list)).PipelineExecutionSteps?.map((step) => step.StepStatus);
    };
    assert.equal((await describeOnce()).PipelineExecutionStatus, "Hibernating");
    assert.equal((await describeOnce()).PipelineExecutionStatus, "Failed");
    assert.deepEqual([await steps(), await steps()], [["Paused"], ["Failed"]]);
  });

  it("splits lists into small pages for page-size, and into endless pages for repeated-page-token", async () => {
    const names = async (stopOnSameToken: boolean) => {
      const pages: number[] = [];
      const configuration = { client: once.sagemaker, stopOnSameToken };
      for await (const page of paginateListPipelines(configuration, { MaxResults: 100 }))
        if (pages.push(page.PipelineSummaries?.length ?? 0) === 10) break;
      return pages;
    };
    await add({ fault: "page-size", operation: "ListPipelines", size: 2 });
    assert.deepEqual(await names(false), [2, 1]);
    await control("DELETE");
    await add({ fault: "repeated-page-token", operation: "ListPipelines" });
    assert.equal((await names(false)).length, 10);
    assert.deepEqual(await names(true), [3, 3]);
  });

  it("injects faults into requests that moto answers", async () => {
    const call = () =>
      fetch(aws.url, {
        method: "POST",
        headers: {
          authorization: "AWS4-HMAC-SHA256 Credential=k/20261124/us-east-1/dynamodb/aws4_request",
          "x-amz-target": "DynamoDB_20120810.ListTables",
          "content-type": "application/x-amz-json-1.0",
        },
        body: "{}",
      });
    await add({ fault: "throttling", operation: "ListTables", times: 1 });
    const [rejected, answered] = [await call(), await call()];
    assert.equal(rejected.headers.get("content-type"), "application/x-amz-json-1.0");
    assert.equal(((await rejected.json()) as { __type: string }).__type, "ThrottlingException");
    assert.deepEqual(await answered.json(), { TableNames: [] });
  });

  it("lists, adds and clears rules over HTTP, and explains invalid ones", async () => {
    assert.deepEqual(await control("POST", { fault: "bang" }).then(({ status }) => status), 400);
    assert.match((await control("POST", { fault: "hang", times: -1 })).body.message, /^the body: faults\[0\]\.times: /);
    await add({ fault: "hang", service: "s3" }, { fault: "throttling", operation: "ListPipelines", times: 1 });
    await assert.rejects(once.sagemaker.send(new ListPipelinesCommand({})), { name: "ThrottlingException" });
    await once.sagemaker.send(new ListPipelinesCommand({}));
    const { faults } = (await control("GET")).body as unknown as {
      faults: { id: number; calls: number; fired: number }[];
    };
    assert.deepEqual(
      faults.map(({ calls, fired }) => [calls, fired]),
      [
        [0, 0],
        [2, 1],
      ],
    );
    assert.equal((await control("DELETE", undefined, `/${faults[0]?.id}`)).body.faults.length, 1);
    assert.equal((await control("DELETE", undefined, "/12345")).status, 400);
    assert.equal((await control("PUT", {})).status, 405);
    assert.equal((await fetch(`${aws.url}/_local/other`)).status, 404);
    assert.deepEqual((await control("DELETE")).body.faults, []);
  });
});
