import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import {
  CreateModelPackageCommand,
  CreateModelPackageGroupCommand,
  DeletePipelineCommand,
  ListModelPackagesCommand,
} from "@aws-sdk/client-sagemaker";
import { clientEnvironment } from "../../local/state/process-environment.ts";
import { type CommandResult, command } from "../fresh-clone/command-line.ts";
import { WarmCommands } from "../fresh-clone/warm-command.ts";
import { definition, prelude, scriptStep } from "../local/definitions.ts";
import { appears, createPipeline, follow, put, start } from "../local/local-aws.ts";
import { useLocalAws } from "../local/use-local-aws.ts";

/** Runs the command with a fake pulumi CLI that answers from files and records its arguments. */
describe("destroy-dev-stack", function () {
  this.timeout(60_000);
  const aws = useLocalAws();
  let folder: string;
  const commands = new WarmCommands();
  const group = "crickets-training-dev";
  const pipeline = "crickets-training-dev";

  const gate = {
    ...{ metric: "MSE", direction: "lower", registerStep: "R", ceilingStep: "C", ceiling: 6 },
    ...{ ceilingParameter: "P", baselineParameter: "B", bestParameter: "A", tolerance: { relative: 0, absolute: 0 } },
    ...{ loss: "squared_error", minimumRows: 2, configured: [] },
    evaluation: { step: "E", output: "o", file: "f", value: "m.value" },
  };
  const outputs = {
    ...{ version: 2, account: "123456789012", region: "us-east-1", artifactBucket: "training-dev" },
    ...{ ownsArtifactBucket: true, forceDestroy: true },
    ...{ roleArn: "arn:aws:iam::123456789012:role/r", approveModels: false, inconclusive: "warn" },
    pipelines: {
      crickets: {
        name: pipeline,
        arn: "arn:x",
        modelPackageGroup: group,
        ownsModelPackageGroup: true,
        prefix: "crickets",
        gate,
      },
    },
  };

  before(async () => {
    await aws.sagemaker.send(new CreateModelPackageGroupCommand({ ModelPackageGroupName: group }));
    await put(aws, "m.tar.gz", "model");
    const code = await put(aws, "code/wait.py", `${prelude}s3("PUT", "test-bucket/runs", b"yes")\ntime.sleep(600)\n`);
    await createPipeline(aws, pipeline, definition([scriptStep({ name: "Wait", code })]));
    for (let count = 0; count < 3; count += 1)
      await aws.sagemaker.send(
        new CreateModelPackageCommand({
          ModelPackageGroupName: group,
          InferenceSpecification: {
            Containers: [
              { Image: "123456789012.dkr.ecr.us-east-1.amazonaws.com/i:1", ModelDataUrl: "s3://test-bucket/m.tar.gz" },
            ],
            SupportedContentTypes: ["text/csv"],
            SupportedResponseMIMETypes: ["text/csv"],
          },
        }),
      );
    folder = mkdtempSync(join(tmpdir(), "pulumi-"));
    writeFileSync(join(folder, "outputs.json"), JSON.stringify(outputs));
    const program = `#!/bin/sh
echo "$*" >> "${folder}/calls"
case "$1 $2" in
  "config --json") cat "${folder}/config.json" ;;
  "stack output") cat "${folder}/outputs.json" ;;
  "stack export") cat "${folder}/state.json" ;;
  "destroy --stack") . "${folder}/destroy" ;;
esac
`;
    writeFileSync(join(folder, "pulumi"), program);
    chmodSync(join(folder, "pulumi"), 0o755);
  });
  after(() => {
    commands.stop();
    rmSync(folder, { recursive: true });
  });
  beforeEach(() => {
    writeFileSync(join(folder, "calls"), "");
    writeFileSync(join(folder, "destroy"), "exit 0");
    configure("true");
    writeFileSync(join(folder, "outputs.json"), JSON.stringify(outputs));
    keepState([]);
  });

  /** Writes the stack's state with model package groups, in Pulumi's form. */
  const keepState = (groups: readonly Readonly<Record<string, unknown>>[]) => {
    const resources = groups.map((options) => ({
      ...{ urn: "urn:pulumi:dev::g", custom: true, type: "aws-native:sagemaker:ModelPackageGroup" },
      ...{ inputs: { modelPackageGroupName: group }, ...options },
    }));
    writeFileSync(join(folder, "state.json"), JSON.stringify({ version: 3, deployment: { resources } }));
  };

  /** Writes the stack's configuration in Pulumi's form, with the project's name before each key. */
  const configure = (value: string | undefined) => {
    const region = { value: "us-east-1", secret: false };
    const forceDestroy = value === undefined ? {} : { "training:forceDestroy": { value, secret: false } };
    writeFileSync(join(folder, "config.json"), JSON.stringify({ "aws:region": region, ...forceDestroy }));
  };

  const run = (...args: readonly string[]): Promise<CommandResult> =>
    commands.run("destroy-dev-stack", args, {
      ...{ ...process.env, ...clientEnvironment(aws.url, "us-east-1", {}) },
      PATH: `${folder}:${process.env["PATH"]}`,
    });
  const calls = () => readFileSync(join(folder, "calls"), "utf8");
  const models = async () =>
    (await aws.sagemaker.send(new ListModelPackagesCommand({ ModelPackageGroupName: group }))).ModelPackageSummaryList
      ?.length;

  it("requires the name of a stack", async () => {
    const { code, stderr } = await run();
    assert.deepEqual([code, stderr], [2, "--stack is missing; give the name of a dev stack.\n"]);
  });

  it("requires the pulumi CLI", async () => {
    const { code, stderr } = await command("destroy-dev-stack", ["--stack", "dev"], {
      env: { PATH: dirname(process.execPath) },
    });
    assert.deepEqual(
      [code, stderr],
      [2, "The stack cannot be read: the pulumi CLI is not installed. Install pulumi and log in.\n"],
    );
  });

  it("deletes nothing if the stack is not configured with forceDestroy", async () => {
    for (const value of ["false", undefined]) {
      configure(value);
      const { code, stderr } = await run("--stack", "dev", "--yes");
      assert.equal(code, 2);
      assert.match(stderr, /^The stack dev keeps its models: to delete them, set forceDestroy to true, .*\n$/);
    }
    assert.equal(await models(), 3);
    assert.doesNotMatch(calls(), /destroy/);
  });

  it("keeps a bucket and models that existed before the stack", async () => {
    const { crickets } = outputs.pipelines;
    const adopted = {
      ...outputs,
      ownsArtifactBucket: false,
      pipelines: { crickets: { ...crickets, ownsModelPackageGroup: false } },
    };
    writeFileSync(join(folder, "outputs.json"), JSON.stringify(adopted));
    const { code, stdout } = await run("--stack", "dev", "--yes");
    assert.deepEqual(
      [code, stdout.trim()],
      [0, "Deleting 0 registered models in account 123456789012, and the stack's resources"],
    );
    assert.equal(await models(), 3);
  });

  it("deletes nothing with the credentials of another account", async () => {
    writeFileSync(join(folder, "outputs.json"), JSON.stringify({ ...outputs, account: "999999999999" }));
    const { code, stderr } = await run("--stack", "dev", "--yes");
    assert.deepEqual(
      [code, stderr],
      [
        2,
        "The stack dev is in account 999999999999, but the credentials belong to 123456789012: use the stack's profile.\n",
      ],
    );
    assert.equal(await models(), 3);
    assert.doesNotMatch(calls(), /destroy/);
  });

  it("destroys nothing with the credentials of another account, even if the stack has no models", async () => {
    const { crickets } = outputs.pipelines;
    const pipelines = { crickets: { ...crickets, modelPackageGroup: "no-such-group" } };
    writeFileSync(join(folder, "outputs.json"), JSON.stringify({ ...outputs, account: "999999999999", pipelines }));
    const { code, stderr } = await run("--stack", "dev", "--yes");
    assert.equal(code, 2);
    assert.match(stderr, /^The stack dev is in account 999999999999, but the credentials belong to 123456789012: /);
    assert.doesNotMatch(calls(), /destroy/);
  });

  it("deletes nothing if forceDestroy is configured but not deployed yet", async () => {
    writeFileSync(join(folder, "outputs.json"), JSON.stringify({ ...outputs, forceDestroy: false }));
    const { code, stderr } = await run("--stack", "dev", "--yes");
    assert.equal(code, 2);
    assert.match(stderr, /^The stack dev keeps its models: to delete them, set forceDestroy to true, run pulumi up, /);
    assert.equal(await models(), 3);
    assert.doesNotMatch(calls(), /destroy/);
  });

  it("says what it would delete, and deletes nothing without --yes", async () => {
    const { code, stderr } = await run("--stack", "dev");
    assert.equal(code, 2);
    assert.match(
      stderr,
      /^This would delete 3 registered models in account 123456789012, and everything in s3:\/\/training-dev; /,
    );
    assert.equal(await models(), 3);
    assert.doesNotMatch(calls(), /destroy/);
  });

  it("counts models of a group that is in the state but not in the outputs, unless the state retains it", async () => {
    writeFileSync(join(folder, "outputs.json"), JSON.stringify({ ...outputs, pipelines: {} }));
    keepState([{}]);
    assert.match((await run("--stack", "dev")).stderr, /^This would delete 3 registered models in /);
    keepState([{ retainOnDelete: true }]);
    assert.match((await run("--stack", "dev")).stderr, /^This would delete 0 registered models in /);
  });

  it("says that it would stop a running execution, but does not stop it without --yes", async () => {
    const arn = await start(aws, pipeline);
    await appears(aws, "runs");
    const { code, stderr } = await run("--stack", "dev");
    assert.equal(code, 2);
    assert.match(stderr, /^This would stop 1 running execution, and delete 3 registered models in account /);
    assert.equal((await follow(aws, arn, () => true)).status, "Executing");
  });

  it("stops a running execution and waits for its end, deletes the models, and then the stack", async () => {
    keepState([{ protect: true }]);
    const { code, stdout } = await run("--stack", "dev", "--yes");
    assert.equal(code, 0);
    assert.match(stdout, /^Deleting 3 registered models .*\nStopping arn:aws:sagemaker:\S+\/execution\/\w+\n$/);
    assert.equal(await models(), 0);
    assert.match(calls(), /\nstate unprotect urn:pulumi:dev::g --stack dev --yes\ndestroy --stack dev --yes\n$/);
  });

  it("stops an execution that starts during pulumi destroy, and runs pulumi destroy again", async () => {
    // EventBridge Scheduler may start an execution just before its schedule is deleted.
    const headers = {
      "Content-Type": "application/x-amz-json-1.1",
      "X-Amz-Target": "SageMaker.StartPipelineExecution",
    };
    const body = JSON.stringify({ PipelineName: pipeline, ClientRequestToken: "t".repeat(32) });
    const request = `fetch("${aws.url}", ${JSON.stringify({ method: "POST", headers, body })})`;
    writeFileSync(join(folder, "start.mjs"), `if (!(await ${request}).ok) process.exit(1);`);
    writeFileSync(
      join(folder, "destroy"),
      `echo "exit 0" > "${folder}/destroy"; "${process.execPath}" "${folder}/start.mjs"; exit 255`,
    );
    const { code, stdout, stderr } = await run("--stack", "dev", "--yes");
    assert.deepEqual([code, stderr], [0, ""]);
    assert.match(stdout, /\nAn execution was started in the meantime; .*\nStopping arn:\S+\n$/);
    assert.equal(calls().match(/^destroy /gm)?.length, 2);
  });

  it("continues after an interrupted attempt, and reports that pulumi failed", async () => {
    writeFileSync(join(folder, "destroy"), "exit 255");
    const { code, stderr } = await run("--stack", "dev", "--yes");
    assert.equal(code, 6);
    assert.match(stderr, /^pulumi destroy exited with 255; .*\n$/);
    assert.equal(calls().match(/^destroy /gm)?.length, 1);
  });

  it("continues if the pipeline is already gone", async () => {
    await aws.sagemaker.send(new DeletePipelineCommand({ PipelineName: pipeline }));
    const { code, stdout } = await run("--stack", "dev", "--yes");
    assert.equal(code, 0);
    assert.match(stdout, /^Deleting 0 registered models .*\n$/);
  });
});
