import assert from "node:assert/strict";
import { mkdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { list } from "tar";
import { Metrics } from "../../../local/jobs/metrics.ts";
import { jobEnvironment } from "../../../local/jobs/process/job-environment.ts";
import { jobEnd } from "../../../local/jobs/run-container.ts";
import { writeModelArchive } from "../../../local/jobs/transfer/model-archive.ts";
import { jobName } from "../../../local/state/job-name.ts";
import { landingPaths, parseS3Uri } from "../../../service-model/s3-uri.ts";
import { temporaryFolder } from "../local-aws.ts";

describe("landingPaths", () => {
  const table: readonly [string, string[], string[]][] = [
    ["code/1/x.py", ["code/1/x.py"], ["x.py"]],
    ["data", ["data/a.csv", "data/sub/b.csv"], ["a.csv", "sub/b.csv"]],
    ["data/", ["data/", "data/a.csv"], ["a.csv"]],
    ["out/train", ["out/train/t.csv", "out/training/u.csv"], ["t.csv", "training/u.csv"]],
    ["data/a.csv", ["data/a.csv", "data/a.csv.old"], ["a.csv", "a.csv.old"]],
    ["test", ["test/a.csv", "test_small/a.csv"], ["a.csv", "test_small/a.csv"]],
    ["data/part-", ["data/part-1.csv", "data/part-2.csv"], ["part-1.csv", "part-2.csv"]],
    ["", ["a", "b/c"], ["a", "b/c"]],
    ["none", [], []],
  ];
  for (const [prefix, keys, expected] of table) {
    it(`returns ${expected.join(", ") || "no paths"} for the prefix '${prefix}' and ${keys.join(", ") || "no keys"}`, () =>
      assert.deepEqual(
        landingPaths(prefix, keys).map((landing) => landing.path),
        expected,
      ));
  }
});

describe("parseS3Uri", () => {
  it("splits an S3 URI and rejects other URIs", () => {
    assert.deepEqual(parseS3Uri("s3://b/k/l"), { bucket: "b", key: "k/l" });
    assert.deepEqual(parseS3Uri("s3://b"), { bucket: "b", key: "" });
    assert.throws(() => parseS3Uri("https://b/k"), /is not an S3 URI/);
  });
});

describe("job names", () => {
  const named: readonly [Parameters<typeof jobName>[0], string][] = [
    [{ executionId: "abcdefghijkl", step: "Train" }, "pipelines-abcdefghijkl-Train-0123456789"],
    [
      { executionId: "abcdefghijkl", step: "TitanicModelRegistration" },
      "pipelines-abcdefghijkl-TitanicModelRegistra-0123456789",
    ],
    [{ executionId: "abcdefghijkl", step: "Train", prefix: "MyBaseJobName" }, "MyBaseJobName-abcdefghijkl-0123456789"],
    [
      { executionId: "abcdefghijkl", step: "Train", prefix: "p".repeat(63) },
      `${"p".repeat(38)}-abcdefghijkl-0123456789`,
    ],
  ];
  for (const [job, name] of named) {
    it(`have SageMaker's form and at most 63 characters: ${name}`, () => {
      assert.equal(jobName(job, "0123456789"), name);
      assert.ok(name.length <= 63);
    });
  }

  it("end with random characters", () =>
    assert.match(jobName({ executionId: "abcdefghijkl", step: "S" }), /^pipelines-abcdefghijkl-S-[A-Za-z0-9]{10}$/));
});

describe("model.tar.gz", () => {
  it("has the same bytes for the same content at any time", async () => {
    const root = await temporaryFolder();
    const make = async (name: string, order: string[], time: number) => {
      const folder = join(root, name);
      await mkdir(join(folder, "sub"), { recursive: true });
      for (const file of order) {
        await writeFile(join(folder, file), `content of ${file}`, { mode: time % 2 === 0 ? 0o600 : 0o644 });
        await utimes(join(folder, file), time, time);
      }
      await writeModelArchive(folder, join(root, `${name}.tar.gz`));
      return readFile(join(root, `${name}.tar.gz`));
    };
    const one = await make("one", ["xgboost-model", "sub/z", "a"], 1_000_001);
    const two = await make("two", ["a", "sub/z", "xgboost-model"], 2_000_001);
    assert.ok(one.equals(two));
    const names: string[] = [];
    await list({ file: join(root, "one.tar.gz"), onReadEntry: (entry) => names.push(entry.path) });
    assert.deepEqual(names, ["a", "sub/z", "xgboost-model"]);
    await mkdir(join(root, "empty"));
    await writeModelArchive(join(root, "empty"), join(root, "empty.tar.gz"));
    assert.equal(gunzipSync(await readFile(join(root, "empty.tar.gz"))).length % 512, 0);
    await rm(root, { recursive: true });
  });
});

describe("metrics", () => {
  it("are the last values in the training log", () => {
    const metrics = new Metrics();
    metrics.read("[0]\ttrain-rmse:8.07762\tvalidation-rmse:8.13356", 1);
    metrics.read("[49]\ttrain-rmse:1.2\tvalidation-rmse:2.1e0", 2);
    metrics.read("[50]\ttrain-rmse:nan\tvalidation-rmse:nan", 3);
    metrics.read("INFO [99] train-rmse:0.1", 4);
    assert.deepEqual(metrics.final(), [
      { MetricName: "train:rmse", Value: 1.2, Timestamp: 2 },
      { MetricName: "validation:rmse", Value: 2.1, Timestamp: 2 },
    ]);
  });
});

describe("metrics with the job's own definitions", () => {
  it("are the values that the definitions match", () => {
    const metrics = new Metrics([{ Name: "test:f1", Regex: "f1=([0-9.]+);" }]);
    metrics.read("epoch 1 f1=0.5; loss=1", 1);
    metrics.read("epoch 2 f1=0.75;", 2);
    metrics.read("epoch 3 f1=...;", 3);
    assert.deepEqual(metrics.final(), [{ MetricName: "test:f1", Value: 0.75, Timestamp: 2 }]);
    assert.throws(
      () => new Metrics([{ Name: "m", Regex: "(" }]),
      /the Regex of the metric m is not a regular expression/,
    );
  });
});

describe("a job's end", () => {
  it("has SageMaker's status and failure reason", () => {
    assert.equal(jobEnd({ kind: "exited", code: 1 }, "").failureReason, "AlgorithmError: , exit code: 1");
    assert.equal(jobEnd({ kind: "exited", code: 137 }, "oom").failureReason, "AlgorithmError: oom, exit code: 137");
    assert.equal(jobEnd({ kind: "exited", code: 0 }, "note").status, "Completed");
    assert.equal(jobEnd({ kind: "stopped" }, "").status, "Stopped");
  });
});

describe("a job's environment", () => {
  it("has none of the user's own AWS settings, and always names this endpoint", () => {
    const names = [
      "AWS_PROFILE",
      "AWS_SESSION_TOKEN",
      "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
      "SECRET_TOKEN",
      "PYTHONPATH",
    ];
    const before = names.map((name) => process.env[name]);
    for (const name of names) process.env[name] = "leak";
    try {
      const environment = jobEnvironment({
        bin: "/env/bin",
        isContained: false,
        endpoint: "http://127.0.0.1:1",
        region: "eu-west-1",
        credentials: { accessKeyId: "ASIAX", secretAccessKey: "secret", sessionToken: "token" },
        own: { STAGE: "x", AWS_ENDPOINT_URL: "https://elsewhere" },
      });
      assert.ok(!Object.values(environment).includes("leak"));
      assert.equal(environment["AWS_ENDPOINT_URL"], "http://127.0.0.1:1");
      assert.equal(environment["AWS_REGION"], "eu-west-1");
      assert.equal(environment["STAGE"], "x");
      assert.deepEqual([environment["AWS_ACCESS_KEY_ID"], environment["AWS_SESSION_TOKEN"]], ["ASIAX", "token"]);
      assert.match(environment["PATH"] ?? "", /^\/env\/bin:/);
    } finally {
      names.forEach((name, index) => {
        const value = before[index];
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      });
    }
  });
});
