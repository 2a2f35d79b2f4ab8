import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import {
  CreateModelPackageGroupCommand,
  DescribeModelPackageCommand,
  DescribePipelineExecutionCommand,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import type { StackOutputs } from "../stack-outputs.ts";
import { abaloneFile, fileWithRow } from "./fresh-clone/abalone-file.ts";
import { type Ended, FreshClone, type Running } from "./fresh-clone/fresh-clone.ts";
import { WarmCommands, type WarmResult } from "./fresh-clone/warm-command.ts";

interface ReportFile {
  readonly verdict: string;
  readonly exitCode: number;
  readonly reasons: readonly string[];
  readonly candidate?: { readonly modelPackageArn?: string; readonly action?: string };
  readonly execution?: { readonly arn: string; readonly status?: string };
}

/** The commands after `npm start`: the endpoint in one terminal, the other commands in a second one. */
describe("the commands, against npm run endpoint", function () {
  this.timeout(120_000);
  let clone: FreshClone;
  let commands: WarmCommands;
  let endpoint: Running;
  let environment: NodeJS.ProcessEnv;
  let sagemaker: SageMakerClient;
  let data: string;

  const launch = (name: string, ...args: readonly string[]): Promise<Ended> =>
    clone.run(process.execPath, ["scripts/launch.mjs", name, ...args], environment);
  /** One that needs nothing of the launcher's. */
  const warm = (name: string, ...args: readonly string[]): Promise<WarmResult> =>
    commands.run(name, args, clone.environment(environment));
  const outputs = ["--outputs", ".local/outputs.json"];
  const report = () => clone.readJson(".local/report/report.json") as ReportFile;

  const selected = () => (clone.readJson(".local/outputs.json") as StackOutputs).pipelines["abalone"]?.arn;

  function editOutputs(change: (outputs: StackOutputs) => void): readonly string[] {
    const edited = clone.readJson(".local/outputs.json") as StackOutputs;
    change(edited);
    writeFileSync(join(clone.folder, ".local", "edited.json"), JSON.stringify(edited));
    return ["--outputs", ".local/edited.json"];
  }

  before(async () => {
    clone = await FreshClone.make();
    commands = new WarmCommands(clone.folder);
    assert.equal((await clone.npmStart()).code, 0);
    ({ process: endpoint, environment, sagemaker } = await clone.startEndpoint());
  });
  after(async () => {
    commands.stop();
    endpoint.child.kill("SIGTERM");
    const { code, signal } = await endpoint.ended;
    clone.remove();
    assert.ok(code === 143 || signal === "SIGTERM", `the endpoint ended with ${code} ${signal}`);
  });

  it("upload-data prints the S3 URI and nothing else", async () => {
    const { code, output } = await launch("upload-data", "--file", abaloneFile, ...outputs);
    assert.equal(code, 0, output);
    assert.match(output, /^s3:\/\/training-local-\S+\/abalone\/data\/de37\S+\/abalone\.csv\n$/);
    data = `InputDataUrl=${output.trim()}`;
  });

  it("run-pipeline executes the pipeline and judges nothing", async () => {
    const { code, output } = await launch("run-pipeline", "--pipeline", "abalone", "--parameter", data, ...outputs);
    assert.equal(code, 0, output);
    assert.match(output, /RegisterAbaloneModel +succeeded/);
  });

  it("run-pipeline ends with 3 when the pipeline rejects the model", async () => {
    const { code, output } = await warm("run-pipeline", "--parameter", data, "--parameter", "MseCeiling=1", ...outputs);
    assert.equal(code, 3, output);
    assert.match(output, /Step RefuseAbaloneModel failed: The test MSE is over the ceiling of 1/);
  });

  it("check-stack passes an unchanged model and writes the report into the given folder", async () => {
    const { code, output } = await launch("check-stack", "--parameter", data, "--report", ".local/other", ...outputs);
    assert.equal(code, 0, output);
    assert.equal((clone.readJson(".local/other/report.json") as ReportFile).verdict, "unchanged");
  });

  it("check-stack leaves the approval to a person if the stack's configuration says so", async () => {
    await sagemaker.send(new CreateModelPackageGroupCommand({ ModelPackageGroupName: "empty-group" }));
    const edited = editOutputs((stack) => {
      stack.approveModels = false;
      stack.pipelines["abalone"] = {
        ...(stack.pipelines["abalone"] as StackOutputs["pipelines"][string]),
        modelPackageGroup: "empty-group",
      };
    });
    const { code, output } = await warm("check-stack", "--parameter", data, ...edited);
    assert.equal(code, 0, output);
    assert.equal(report().verdict, "pass");
    assert.equal(report().candidate?.action, "left for a person to approve");
    const described = await sagemaker.send(
      new DescribeModelPackageCommand({ ModelPackageName: report().candidate?.modelPackageArn }),
    );
    assert.equal(described.ModelApprovalStatus, "PendingManualApproval");
  });

  type Refusal = readonly [what: string, args: () => readonly string[], code: number, message: RegExp];
  /** Mistakes that end the command before the check starts. */
  const refusedAtOnce: readonly Refusal[] = [
    ["a parameter without a value", () => ["--parameter", "Colour=", ...outputs], 2, /Colour is empty/],
    ["an invalid timeout", () => ["--timeout", "soon", ...outputs], 2, /--timeout takes minutes/],
    ["a missing outputs file", () => ["--outputs", "nowhere.json"], 2, /nowhere\.json cannot be read/],
  ];
  const refused: readonly Refusal[] = [
    ["a parameter that the pipeline does not have", () => ["--parameter", "Colour=red", ...outputs], 2, /Colour/],
    [
      "a ceiling that is not a number",
      () => ["--parameter", "MseCeiling=low", ...outputs],
      2,
      /MseCeiling takes a number, not "low"/,
    ],
    [
      "data that does not exist",
      () => ["--parameter", "InputDataUrl=s3://no-such-bucket/abalone.csv", ...outputs],
      3,
      /PreprocessAbaloneData failed/,
    ],
    [
      "a pipeline that was not deployed",
      () => editOutputs((stack) => Object.assign(stack.pipelines["abalone"] ?? {}, { name: "gone" })),
      2,
      /gone.* does not exist\. Deploy the stack first/,
    ],
    [
      "an execution that does not exist",
      () => ["--execution", `${selected()}/execution/nowhere`, ...outputs],
      2,
      /execution\/nowhere' does not exist\. Check its ARN, the region and the account\./,
    ],
    [
      "a model that the pipeline rejected because of a ceiling that differs from the check's",
      () => [
        "--parameter",
        data,
        "--parameter",
        "MseCeiling=1",
        ...editOutputs((stack) =>
          Object.assign(stack.pipelines["abalone"]?.gate ?? {}, { ceilingParameter: "TrainingInstanceType" }),
        ),
      ],
      5,
      /rejected the model in RefuseAbaloneModel and registered none, but its evaluation is good enough/,
    ],
  ];
  for (const [what, args, code, message] of [...refusedAtOnce, ...refused])
    it(`check-stack ends with ${code} on ${what}`, async () => {
      const run = refusedAtOnce.some(([early]) => early === what) ? launch : warm;
      const ended = await run("check-stack", ...args());
      assert.equal(ended.code, code, ended.output);
      assert.match(ended.output, message);
      assert.deepEqual([report().verdict, report().exitCode], ["error", code]);
      assert.match(report().reasons.join("\n"), message);
    });

  /** The data with an additional row, so that no step is taken from the step cache. */
  async function newData(rings: number): Promise<readonly string[]> {
    const { output } = await warm("upload-data", "--file", fileWithRow(clone, rings), ...outputs);
    return ["--parameter", `InputDataUrl=${output.trim()}`];
  }

  it("check-stack ends with 4 at the deadline, and says that the execution is still running", async () => {
    const args = [...(await newData(16)), "--timeout", "0.001", ...outputs];
    const { code, output } = await warm("check-stack", ...args);
    assert.equal(code, 4, output);
    assert.match(output, /did not end in time and is still running: arn:aws:sagemaker:/);
    assert.equal(report().exitCode, 4);
    assert.equal(report().execution?.status, "Executing");
  });

  it("check-stack stops the execution on SIGINT and ends with 130", async () => {
    const args = ["scripts/launch.mjs", "check-stack", ...(await newData(17)), ...outputs];
    const running = clone.spawn(process.execPath, args, environment);
    await running.printed("PreprocessAbaloneData        running");
    running.child.kill("SIGINT");
    const { code, output } = await running.ended;
    assert.equal(code, 130, output);
    const [, arn] = /Execution (\S+)/.exec(output) ?? [];
    assert.deepEqual([report().exitCode, report().reasons], [130, ["The check was ended by SIGINT."]]);
    assert.equal(report().execution?.arn, arn);
    const { PipelineExecutionStatus } = await sagemaker.send(
      new DescribePipelineExecutionCommand({ PipelineExecutionArn: arn }),
    );
    assert.match(PipelineExecutionStatus ?? "", /^Stopp/);
  });

  it("check-stack ends with 6 when nothing answers", async () => {
    const nobody = { ...environment, AWS_ENDPOINT_URL: "http://127.0.0.1:9" };
    const args = ["scripts/launch.mjs", "check-stack", ...outputs];
    const { code, output } = await clone.run(process.execPath, args, nobody);
    assert.equal(code, 6, output);
    assert.match(output, /AWS could not be reached \(ECONNREFUSED\)/);
    assert.equal(report().exitCode, 6);
  });

  it("endpoint says in one line that its port is in use", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as { port: number };
    const { code, output } = await launch("endpoint", "--port", String(port), "--state", join(clone.home, "state"));
    server.close();
    assert.equal(code, 2, output);
    assert.match(output, new RegExp(`^port ${port} is already in use.*--port.*\\n$`));
  });
});
