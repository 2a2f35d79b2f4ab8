import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CopyObjectCommand } from "@aws-sdk/client-s3";
import {
  CreateModelPackageCommand,
  CreateModelPackageGroupCommand,
  DeleteModelCommand,
  DescribeModelPackageCommand,
  DescribeTransformJobCommand,
  ListModelsCommand,
} from "@aws-sdk/client-sagemaker";
import { metadataOf, type Provenance } from "../check/execution/provenance.ts";
import { packageDecision } from "../check/gate/package-decision.ts";
import { executionPermissions } from "../infra/permissions/execution-permissions.ts";
import { clientEnvironment } from "../local/state/process-environment.ts";
import { repository } from "../scripts/local-stack/folders.ts";
import type { StackOutputs } from "../stack-outputs.ts";
import { WarmCommands, type WarmResult } from "./fresh-clone/warm-command.ts";
import { definition, image } from "./local/definitions.ts";
import { putSource } from "./local/engine/training-job.ts";
import { type CheckedAws, startCheckedAws } from "./local/iam/checked-aws.ts";
import { bucket, discard, put, role } from "./local/local-aws.ts";

const [region, account, group, prefix] = ["us-east-1", "123456789012", "tiny-training-test", "tiny"];
const arnOf = (resource: string) => `arn:aws:sagemaker:${region}:${account}:${resource}`;
const model = (version: number) => arnOf(`model-package/${group}/${version}`);

/** An inference script in the model's archive. It adds the values of each row, waits, or reads a header. */
const inference = `
import os, time
def model_fn(folder):
    if os.environ.get("WAITS"):
        time.sleep(600)
    return open(os.path.join(folder, "offset")).read()
def input_fn(body, content_type):
    return [sum(map(float, row.split(","))) for row in body.decode().split()]
def predict_fn(sums, offset):
    return [each + float(offset) for each in sums]
def output_fn(sums, accept):
    return "".join(f"{each}\\n" for each in sums), accept
`;

const provenance: Provenance = {
  ...{ execution: arnOf("pipeline/tiny/execution/abcdefghijkl"), definition: "d", code: "c", model: "m" },
  ...{ commit: "52e0c1f6b4d852e0c1f6b4d852e0c1f6b4d852e0", verdict: "pass", approval: "Approved" },
};

const gate: NonNullable<StackOutputs["pipelines"][string]["gate"]> = {
  ...{ metric: "MAE", direction: "lower", loss: "absolute_error", minimumRows: 2, registerStep: "R", ceilingStep: "F" },
  ...{ ceiling: 6, ceilingParameter: "C", baselineParameter: "B", bestParameter: "E", configured: [] },
  ...{ evaluation: { step: "E", output: "e", file: "evaluation.json", value: "mae.value" } },
  tolerance: { relative: 0, absolute: 0 },
};

const registration = {
  Name: "R",
  Type: "RegisterModel",
  Arguments: {
    ModelPackageGroupName: group,
    ModelApprovalStatus: "PendingManualApproval",
    InferenceSpecification: { Containers: [{ Image: image }] },
  },
};

describe("after the check", function () {
  this.timeout(120_000);
  let aws: CheckedAws;
  let environment: NodeJS.ProcessEnv;
  const commands = new WarmCommands();
  const file = (name: string) => join(aws.state, name);
  const inStack = () => ["--outputs", file("outputs.json")];
  const run = (name: string, ...args: readonly string[]): Promise<WarmResult> => commands.run(name, args, environment);
  const predict = (version: number, ...more: readonly string[]) =>
    run("predict", ...inStack(), "--model", model(version), ...more);
  const models = async () => (await aws.sagemaker.send(new ListModelsCommand())).Models;
  const decide = (name: string, version: number, reason: string) =>
    run(name, "--model", model(version), "--reason", reason);

  const register = (ModelDataUrl: string, environment: Record<string, string>, more: object = {}) => {
    const script = { SAGEMAKER_PROGRAM: "inference.py", SAGEMAKER_SUBMIT_DIRECTORY: "/opt/ml/model/code" };
    const Containers = [{ Image: image, ModelDataUrl, Environment: { ...script, ...environment } }];
    const request = { ModelPackageGroupName: group, InferenceSpecification: { Containers }, ...more };
    return aws.sagemaker.send(new CreateModelPackageCommand(request));
  };

  before(async () => {
    aws = await startCheckedAws();
    environment = { ...process.env, ...clientEnvironment(aws.url, region, {}) };
    // The role has exactly what a stack gives to a pipeline that registers models.
    const context = { partition: "aws", region, account, bucketName: bucket };
    const deployed = { folder: "tiny", prefix, definition: JSON.parse(JSON.stringify(definition([registration]))) };
    await aws.allow(...executionPermissions([deployed], context).statements);
    await aws.sagemaker.send(new CreateModelPackageGroupCommand({ ModelPackageGroupName: group }));
    const S3Uri = await put(aws, `${prefix}/executions/evaluation.json`, JSON.stringify({ mae: { value: 1.25 } }));
    const source = await putSource(aws, { "code/inference.py": inference, offset: "100" });
    // The role may not read the place of the source.
    const CopySource = source.slice("s3://".length);
    await aws.s3.send(new CopyObjectCommand({ Bucket: bucket, Key: `${prefix}/model.tar.gz`, CopySource }));
    const data = `s3://${bucket}/${prefix}/model.tar.gz`;
    await register(
      data,
      {},
      {
        ModelApprovalStatus: "Approved",
        CustomerMetadataProperties: metadataOf(provenance),
        ModelMetrics: { ModelQuality: { Statistics: { ContentType: "application/json", S3Uri } } },
      },
    );
    await register(data, { WAITS: "1" });
    const outputs: StackOutputs = {
      ...{ version: 2, account, region, artifactBucket: bucket, ownsArtifactBucket: true, roleArn: role },
      ...{ forceDestroy: true, approveModels: true, inconclusive: "warn" },
      pipelines: {
        tiny: {
          ...{ name: "tiny-training-test", arn: arnOf("pipeline/tiny-training-test"), prefix, gate },
          ...{ modelPackageGroup: group, ownsModelPackageGroup: true, context: { tags: { team: "test" } } },
        },
      },
    };
    writeFileSync(file("outputs.json"), JSON.stringify(outputs));
    writeFileSync(file("rows.csv"), "1,2\n3,4\n");
  });
  after(() => {
    commands.stop();
    return discard(aws);
  });

  it("predicts with the stack's role, and deletes the temporary model", async () => {
    const { code, stdout, stderr } = await predict(1, "--file", file("rows.csv"));
    assert.equal(code, 0, stderr);
    assert.equal(stdout, "103.0\n107.0\n");
    assert.match(stderr, /^Predictions s3:\/\/test-bucket\/tiny\/executions\/predict-tiny-[^/]+\/rows\.csv\.out$/m);
    assert.deepEqual(await models(), []);
    const written = await predict(1, "--file", file("rows.csv"), "--output", file("predictions.csv"));
    assert.deepEqual([written.code, written.stdout], [0, ""], written.stderr);
    assert.equal(readFileSync(file("predictions.csv"), "utf8"), stdout);
  });

  it("shows the end of the log of a job that failed, and deletes the temporary model", async () => {
    writeFileSync(file("header.csv"), "a,b\n1,2\n");
    const { code, stdout, stderr } = await predict(1, "--file", file("header.csv"));
    assert.equal(code, 3, stderr);
    assert.equal(stdout, "");
    assert.match(stderr, /^The transform job predict-\S+ failed: AlgorithmError: .*could not convert string to float/m);
    assert.match(stderr, /the end of its log:\n(.*\n)*.*could not convert string to float: 'a'/);
    assert.match(stderr, /without a header/);
    assert.deepEqual(await models(), []);
  });

  it("stops the job and deletes the temporary model at the deadline and after Ctrl-C", async () => {
    const late = await predict(2, "--file", file("rows.csv"), "--timeout", "0.001");
    assert.equal(late.code, 4, late.stderr);
    assert.match(late.stderr, /^The model is PendingManualApproval\.$/m);
    assert.deepEqual(await models(), []);
    const args = [join(repository, "scripts", "launch.mjs"), "predict", ...inStack(), "--model", model(2)];
    const child = spawn(process.execPath, [...args, "--file", file("rows.csv")], { env: environment });
    let output = "";
    for await (const chunk of child.stderr) {
      output += chunk;
      if (/^Transform job \S+ on/m.test(output)) child.kill("SIGINT");
    }
    if (child.exitCode === null) await once(child, "exit");
    assert.equal(child.exitCode, 130, output);
    assert.deepEqual(await models(), []);
    const [, TransformJobName] = /^Transform job (\S+) on/m.exec(output) ?? [];
    const job = await aws.sagemaker.send(new DescribeTransformJobCommand({ TransformJobName }));
    assert.match(job.TransformJobStatus ?? "", /^Stopp(ing|ed)$/);
  });

  it("predicts although answers of AWS are lost, and says how to delete a model that it may not delete", async () => {
    aws.faults.add([
      { fault: "lost-response", operation: "CreateModel", times: 1 },
      { fault: "lost-response", operation: "CreateTransformJob", times: 1 },
      { fault: "throttling", operation: "DescribeTransformJob", times: 1 },
      { fault: "disconnect", operation: "DeleteModel", times: 1 },
    ]);
    const lost = await predict(1, "--file", file("rows.csv"));
    assert.deepEqual([lost.code, lost.stdout], [0, "103.0\n107.0\n"], lost.stderr);
    assert.deepEqual(
      aws.faults.list().map(({ fired }) => fired),
      [1, 1, 1, 1],
    );
    assert.deepEqual(await models(), []);
    aws.faults.clear();
    aws.faults.add([{ fault: "access-denied", operation: "DeleteModel" }]);
    const kept = await predict(1, "--file", file("rows.csv"));
    aws.faults.clear();
    assert.deepEqual([kept.code, kept.stdout], [0, lost.stdout], kept.stderr);
    const [, ModelName] =
      /^The temporary model could not be deleted\. Run: .* --model-name (\S+) /m.exec(kept.stderr) ?? [];
    assert.deepEqual(
      (await models())?.map((each) => each.ModelName),
      [ModelName],
    );
    await aws.sagemaker.send(new DeleteModelCommand({ ModelName }));
  });

  it("refuses to predict with a model of another stack, and without rows", async () => {
    const other = await run(
      "predict",
      ...inStack(),
      "--model",
      arnOf("model-package/other/1"),
      "--file",
      file("rows.csv"),
    );
    assert.deepEqual([other.code, other.stdout], [2, ""]);
    assert.match(other.stderr, /other\/1 does not exist/);
    const none = await predict(1);
    assert.deepEqual([none.code, none.stderr], [2, "--file is missing: give the CSV file with the rows.\n"]);
  });

  it("records a person's decision, which a later check keeps, and lists it", async () => {
    const rejected = await decide("reject-model", 1, "Trained before the recall");
    assert.equal(rejected.output, `${model(1)} is now Rejected. It was Approved; the check's verdict was pass.\n`);
    const again = await decide("reject-model", 1, "Trained before the recall");
    assert.equal(again.output, `${model(1)} is Rejected for this reason already.\n`);
    const approved = await decide("approve-model", 2, "Seen by the risk team");
    assert.equal(
      approved.output,
      `${model(2)} is now Approved. It was PendingManualApproval, and no check has judged it.\n`,
    );
    for (const [version, state] of [
      [1, "rejected"],
      [2, "approved"],
    ] as const) {
      const modelPackage = await aws.sagemaker.send(
        new DescribeModelPackageCommand({ ModelPackageName: model(version) }),
      );
      const verdict = { name: "regression", reasons: [] } as const;
      const { action } = packageDecision({ modelPackage, verdict, provenance, approveModels: true });
      assert.equal(action, `left ${state}, because a person decided`);
    }

    const { code, stdout } = await run("models", ...inStack());
    assert.equal(code, 0);
    const [folder, head, ...rows] = stdout.trimEnd().split("\n");
    assert.equal(folder, "tiny");
    assert.match(head ?? "", /^version {2}MAE +verdict +status +age +commit +model$/);
    assert.match(rows[0] ?? "", /^2 +- +- +Approved \(person\) +0 min +- +arn:.*\/2$/);
    assert.match(rows[1] ?? "", /^1 +1\.25 +pass +Rejected \(person\) +0 min +52e0c1f6b4d8 +arn:.*\/1$/);
    const json = JSON.parse((await run("models", ...inStack(), "--limit", "1", "--json")).stdout);
    assert.deepEqual(
      json[0].models.map(({ version, reason }: { version: number; reason: string }) => [version, reason]),
      [[2, "Seen by the risk team"]],
    );

    const text = readFileSync(file("outputs.json"), "utf8");
    writeFileSync(file("gone.json"), text.replaceAll(`"${group}"`, '"gone"'));
    const gone = await run("models", "--outputs", file("gone.json"));
    assert.equal(gone.code, 2);
    assert.match(gone.stderr, /^Listing the models of gone: .* does not exist\. Deploy the stack first .*\n$/);
  });
});
