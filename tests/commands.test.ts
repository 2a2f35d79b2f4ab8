import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import {
  CreateModelPackageGroupCommand,
  DescribeModelPackageCommand,
  DescribePipelineExecutionCommand,
} from "@aws-sdk/client-sagemaker";
import type { StackOutputs } from "../stack-outputs.ts";
import { DeployedClone } from "./fresh-clone/deployed-clone.ts";
import type { Ended } from "./fresh-clone/fresh-clone.ts";
import type { WarmResult } from "./fresh-clone/warm-command.ts";
import { crickets } from "./pipelines-under-test/crickets.ts";

interface ReportFile {
  readonly verdict: string;
  readonly exitCode: number;
  readonly reasons: readonly string[];
  readonly candidate?: { readonly modelPackageArn?: string; readonly action?: string };
  readonly execution?: { readonly arn: string; readonly status?: string };
}

/** The commands as a user types them: the endpoint in one terminal, the other commands in a second one. */
describe("the commands, against npm run endpoint", function () {
  this.timeout(120_000);
  let deployed: DeployedClone;
  let data: string;

  const launch = (name: string, ...args: readonly string[]): Promise<Ended> => deployed.spawn(name, args).ended;
  /** One that needs nothing of the launcher's. */
  const warm = (name: string, ...args: readonly string[]): Promise<WarmResult> => deployed.run(name, args);
  const report = () => deployed.clone.readJson(".local/report/report.json") as ReportFile;

  const selected = () => (deployed.clone.readJson(".local/outputs.json") as StackOutputs).pipelines["crickets"]?.arn;

  function editOutputs(change: (outputs: StackOutputs) => void): readonly string[] {
    const edited = deployed.clone.readJson(".local/outputs.json") as StackOutputs;
    change(edited);
    writeFileSync(join(deployed.clone.folder, ".local", "edited.json"), JSON.stringify(edited));
    return ["--outputs", ".local/edited.json"];
  }

  before(async () => {
    deployed = await DeployedClone.make();
  });
  after(async () => {
    const { code, signal } = await deployed.remove();
    assert.ok(code === 143 || signal === "SIGTERM", `the endpoint ended with ${code} ${signal}`);
  });

  it("upload-data prints the S3 URI and nothing else", async () => {
    const { code, output } = await launch("upload-data", "--file", crickets.data);
    assert.equal(code, 0, output);
    assert.match(output, /^s3:\/\/training-local-\S+\/crickets\/data\/[0-9a-f]{64}\/crickets\.csv\n$/);
    data = `InputDataUrl=${output.trim()}`;
  });

  it("run-pipeline executes the pipeline and judges nothing", async () => {
    const { code, output } = await launch("run-pipeline", "--pipeline", "crickets", "--parameter", data);
    assert.equal(code, 0, output);
    assert.match(output, /RegisterLine +succeeded/);
  });

  it("run-pipeline ends with 3 when the pipeline rejects the model", async () => {
    const { code, output } = await warm("run-pipeline", "--parameter", data, "--parameter", "ErrorCeiling=1");
    assert.equal(code, 3, output);
    assert.match(output, /Step RefuseLine failed: The error is over the ceiling of 1/);
  });

  it("check-stack approves the first model, and then passes an unchanged one and writes the report into the given folder", async () => {
    const first = await warm("check-stack", "--parameter", data);
    assert.deepEqual([first.code, report().candidate?.action], [0, "approved"], first.output);
    const { code, output } = await launch("check-stack", "--parameter", data, "--always", "--report", ".local/other");
    assert.equal(code, 0, output);
    assert.equal((deployed.clone.readJson(".local/other/report.json") as ReportFile).verdict, "unchanged");
  });

  it("check-stack leaves the approval to a person if the stack's configuration says so", async () => {
    await deployed.sagemaker.send(new CreateModelPackageGroupCommand({ ModelPackageGroupName: "empty-group" }));
    const edited = editOutputs((stack) => {
      stack.approveModels = false;
      stack.pipelines["crickets"] = {
        ...(stack.pipelines["crickets"] as StackOutputs["pipelines"][string]),
        modelPackageGroup: "empty-group",
      };
    });
    const { code, output } = await warm("check-stack", "--parameter", data, "--always", ...edited);
    assert.equal(code, 0, output);
    assert.equal(report().verdict, "pass");
    assert.equal(report().candidate?.action, "left for a person to approve");
    const described = await deployed.sagemaker.send(
      new DescribeModelPackageCommand({ ModelPackageName: report().candidate?.modelPackageArn }),
    );
    assert.equal(described.ModelApprovalStatus, "PendingManualApproval");
  });

  type Refusal = readonly [what: string, args: () => readonly string[], code: number, message: RegExp];
  /** Mistakes that end the command before the check starts. */
  const refusedAtOnce: readonly Refusal[] = [
    ["a parameter without a value", () => ["--parameter", "Colour="], 2, /Colour is empty/],
    ["an invalid timeout", () => ["--timeout", "soon"], 2, /--timeout takes minutes/],
    ["a missing outputs file", () => ["--outputs", "nowhere.json"], 2, /nowhere\.json cannot be read/],
  ];
  const refused: readonly Refusal[] = [
    ["a parameter that the pipeline does not have", () => ["--parameter", "Colour=red"], 2, /Colour/],
    [
      "a ceiling that is not a number",
      () => ["--parameter", "ErrorCeiling=low"],
      2,
      /ErrorCeiling takes a number, not "low"/,
    ],
    [
      "data that does not exist",
      () => ["--parameter", "InputDataUrl=s3://no-such-bucket/crickets.csv"],
      3,
      /SplitChirps failed/,
    ],
    [
      "a pipeline that was not deployed",
      () => editOutputs((stack) => Object.assign(stack.pipelines["crickets"] ?? {}, { name: "gone" })),
      2,
      /gone.* does not exist\. Deploy the stack first/,
    ],
    [
      "an execution that does not exist",
      () => ["--execution", `${selected()}/execution/nowhere`],
      2,
      /execution\/nowhere' does not exist\. Check its ARN, the region and the account\./,
    ],
    [
      "a model that the pipeline rejected because of a ceiling that differs from the check's",
      () => [
        ...["--parameter", data, "--parameter", "ErrorCeiling=1"],
        ...editOutputs((stack) =>
          Object.assign(stack.pipelines["crickets"]?.gate ?? {}, { ceilingParameter: "TrainingInstanceType" }),
        ),
      ],
      5,
      /rejected the model in RefuseLine and registered none, but its evaluation is good enough/,
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

  it("check-stack ends with 4 at the deadline, and says that the execution is still running", async () => {
    await deployed.slowDownNextJob();
    const { code, output } = await deployed.check([...(await deployed.newData()), "--timeout", "0.001"]);
    assert.equal(code, 4, output);
    assert.match(output, /did not end in time and is still running: arn:aws:sagemaker:/);
    assert.equal(report().exitCode, 4);
    assert.equal(report().execution?.status, "Executing");
  });

  it("check-stack stops the execution on SIGINT and ends with 130", async () => {
    await deployed.slowDownNextJob();
    const running = deployed.spawn("check-stack", await deployed.newData());
    await running.printed("SplitChirps                  running");
    running.child.kill("SIGINT");
    const { code, output } = await running.ended;
    assert.equal(code, 130, output);
    const [, arn] = /Execution (\S+)/.exec(output) ?? [];
    assert.deepEqual([report().exitCode, report().reasons], [130, ["The check was ended by SIGINT."]]);
    assert.equal(report().execution?.arn, arn);
    const { PipelineExecutionStatus } = await deployed.sagemaker.send(
      new DescribePipelineExecutionCommand({ PipelineExecutionArn: arn }),
    );
    assert.match(PipelineExecutionStatus ?? "", /^Stopp/);
  });

  it("check-stack ends with 6 when nothing answers", async () => {
    const { code, output } = await deployed.spawn("check-stack", [], { AWS_ENDPOINT_URL: "http://127.0.0.1:9" }).ended;
    assert.equal(code, 6, output);
    assert.match(output, /AWS could not be reached \(ECONNREFUSED\)/);
    assert.equal(report().exitCode, 6);
  });

  it("endpoint says in one line that its port is in use", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as { port: number };
    const state = join(deployed.clone.home, "state");
    const args = ["scripts/launch.mjs", "endpoint", "--port", String(port), "--state", state];
    const { code, output } = await deployed.clone.run(process.execPath, args);
    server.close();
    assert.equal(code, 2, output);
    assert.match(output, new RegExp(`^port ${port} is already in use.*--port.*\\n$`));
  });
});
