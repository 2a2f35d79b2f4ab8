import assert from "node:assert/strict";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { JobFolder } from "../../../local/jobs/process/job-folder.ts";
import { type JobContainer, runContainer } from "../../../local/jobs/run-container.ts";
import type { Runtime } from "../../../local/jobs/runtime.ts";
import { JobLogStore } from "../../../local/logs/job-log-store.ts";
import { ProcessRegistry } from "../../../local/state/process-registry.ts";
import { LocalError } from "../../../local/wire/local-error.ts";
import { temporaryFolder } from "../local-aws.ts";

const group = "/aws/sagemaker/ProcessingJobs";
const image = {
  uri: "i",
  python: "/usr/bin/python3",
  bin: "/usr/bin",
  constraints: [],
  frameworkModule: "",
  description: "The image i.",
};

describe("runContainer on a system where no job can have its own /opt/ml", () => {
  let root: string;
  let runtime: Pick<Runtime, "logs" | "endpoint" | "registry">;
  before(async () => {
    root = await temporaryFolder();
    runtime = {
      logs: new JobLogStore(join(root, "logs")),
      endpoint: () => "http://127.0.0.1:1",
      registry: new ProcessRegistry(join(root, "processes")),
    };
  });
  after(() => rm(root, { recursive: true }));

  /** Runs a shell script in the job's folder, without a namespace. */
  async function run(name: string, script: string, more: Partial<JobContainer> = {}) {
    const folder = new JobFolder(join(root, "jobs"), name, undefined);
    const path = "/opt/ml/processing/input/code/run.sh";
    mkdirSync(dirname(folder.local(path)), { recursive: true });
    writeFileSync(folder.local(path), script);
    chmodSync(folder.local(path), 0o755);
    const end = await runContainer(
      {
        image,
        command: ["/bin/sh", path],
        environment: {},
        folder,
        credentials: { accessKeyId: "a", secretAccessKey: "b", sessionToken: "c" },
        jobName: name,
        group,
        region: "us-east-1",
        maxSeconds: undefined,
        messageFile: "message",
        ...more,
      },
      // Contains only what this test needs.
      runtime as Runtime,
      new AbortController().signal,
    );
    return { end, folder };
  }

  const sentence =
    /^ClientError: the script names \/opt\/ml, but this system does not let a job have its own \/opt\/ml .*SAGEMAKER_BASE_DIR\.\nAlgorithmError: , exit code: \d+$/s;

  it("explains the failure of a script that names /opt/ml", async () => {
    const { end } = await run("hard", "echo x > /opt/ml/processing/out/x\n");
    assert.equal(end.status, "Failed");
    assert.match(end.failureReason ?? "", sentence);
  });

  it("explains the failure of a script that only prints /opt/ml", async () => {
    const { end } = await run("printed", 'p=ml; echo "no such file: /opt/$p/model"; exit 3\n');
    assert.match(end.failureReason ?? "", sentence);
  });

  it("does not mention /opt/ml if the script reads SAGEMAKER_BASE_DIR or succeeds", async () => {
    const reads = "base=$" + '{SAGEMAKER_BASE_DIR:-/opt/ml}; echo kept > "$base/output/x"; exit 4\n';
    const { end, folder } = await run("reads", reads);
    assert.equal(end.failureReason, "AlgorithmError: , exit code: 4");
    assert.equal(folder.readText("/opt/ml/output/x", 10), "kept");
    assert.deepEqual((await run("fine", "echo /opt/ml\n")).end, { status: "Completed" });
  });

  it("gives the job the local places of the packages that PYTHONPATH names", async () => {
    const environment = { PYTHONPATH: "/opt/ml/processing/input/one/one.zip:/usr/lib/two", OTHER: "/opt/ml/three" };
    const { folder } = await run("paths", 'echo "$PYTHONPATH $OTHER" > "$SAGEMAKER_BASE_DIR/output/x"\n', {
      environment,
    });
    const one = folder.local("/opt/ml/processing/input/one/one.zip");
    assert.equal(folder.readText("/opt/ml/output/x", 300), `${one}:/usr/lib/two /opt/ml/three`);
  });

  it("uses the toolkit's message and exit code 1 if the failed script left no message", async () => {
    const toolkitMessage = (code: number, line: string) => `Error ${code}: ${line}`;
    const { end } = await run("toolkit", "echo first; echo last; echo; exit 5\n", { toolkitMessage });
    assert.equal(end.failureReason, "AlgorithmError: Error 5: last, exit code: 1");
    const own = 'echo mine > "$SAGEMAKER_BASE_DIR/output/message"; exit 5\n';
    assert.equal((await run("own", own, { toolkitMessage })).end.failureReason, "AlgorithmError: mine, exit code: 5");
  });

  it("ends the job at the first line that the full disk cannot store", async () => {
    const full = new LocalError("disk-full", "no space left on the disk");
    const { logs } = runtime;
    const append: typeof logs.append = (_group, _stream, events) => {
      if (events.some(({ message }) => message === "too much")) throw full;
    };
    runtime = { ...runtime, logs: Object.assign(Object.create(logs), { append }) };
    await assert.rejects(run("full", "echo too much; exec sleep 60\n"), full);
    runtime = { ...runtime, logs };
  });
});
