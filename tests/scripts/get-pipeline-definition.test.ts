import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import type { PipelineDefinition } from "../../pipelines/sagemaker/definition.ts";
import { command } from "../command-line.ts";
import { FreshClone } from "../fresh-clone.ts";

const abalone = ["--pipeline", "abalone"];
const name = "get-pipeline-definition";

describe("get-pipeline-definition", function () {
  this.timeout(30_000);

  it("prints the definition and nothing else", async () => {
    const { code, stdout, stderr } = await command(name, abalone);
    assert.equal(code, 0);
    assert.equal(stderr, "");
    const definition = JSON.parse(stdout) as PipelineDefinition;
    assert.equal(definition.Version, "2020-12-01");
    assert.equal(definition.Steps.length, 4);
  });

  it("prints the same bytes from another folder, time zone, language, and clone", async () => {
    const here = await command(name, abalone);
    const env = { TZ: "Pacific/Kiritimati", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8", HOME: "/nonexistent" };
    const elsewhere = await command(name, abalone, { env, cwd: tmpdir() });
    assert.equal(elsewhere.stdout, here.stdout);
    const clone = await FreshClone.make();
    try {
      const { output } = await clone.run(process.execPath, ["scripts/launch.mjs", name, ...abalone]);
      assert.equal(output, here.stdout);
    } finally {
      clone.remove();
    }
  });

  it("honours the template's variables", async () => {
    const env = {
      AWS_REGION: "eu-west-1",
      ARTIFACT_BUCKET: "arn:aws:s3:::own-bucket",
      SAGEMAKER_PIPELINE_ROLE_ARN: "arn:aws:iam::999999999999:role/own",
    };
    const { stdout } = await command(name, abalone, { env });
    assert.match(stdout, /"s3:\/\/own-bucket\/abalone\/code\/[0-9a-f]{64}\/preprocess\.py"/);
    assert.match(stdout, /"RoleArn": "arn:aws:iam::999999999999:role\/own"/);
    assert.match(stdout, /\.dkr\.ecr\.eu-west-1\.amazonaws\.com\/sagemaker-xgboost:3\.0-5"/);
  });

  const wrong: readonly (readonly [string, readonly string[], NodeJS.ProcessEnv, RegExp])[] = [
    ["no pipeline", [], {}, /^--pipeline is missing; give one of: abalone\.\n$/],
    [
      "a pipeline that there is not",
      ["--pipeline", "oyster"],
      {},
      /^There is no pipeline "oyster"; there are: abalone\.\n$/,
    ],
    ["an option that it does not have", ["--colour"], {}, /^Unknown option '--colour'\. Run it with --help/],
    ["a word too many", [...abalone, "now"], {}, /^Unexpected argument 'now'/],
    [
      "a region without the image",
      abalone,
      { AWS_REGION: "mars-north-1" },
      /^no XGBoost image is known for region mars-north-1/,
    ],
  ];
  for (const [what, args, env, message] of wrong)
    it(`answers ${what} with exit code 2 and one line`, async () => {
      const { code, stdout, stderr } = await command(name, args, { env });
      assert.equal(code, 2);
      assert.equal(stdout, "");
      assert.match(stderr, message);
      assert.equal(stderr.trimEnd().split("\n").length, 1);
    });

  for (const script of [name, "run-pipeline", "check-stack", "upload-data", "endpoint", "start"])
    it(`${script} --help says what it does, with exit code 0`, async () => {
      const { code, stdout } = await command(script, ["--help"]);
      assert.equal(code, 0);
      assert.match(stdout, /npm (run -s |start)|export AWS_ENDPOINT_URL/);
    });
});
