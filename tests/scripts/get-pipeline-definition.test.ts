import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PipelineDefinition } from "../../service-model/definition.ts";
import { command as commandOf } from "../fresh-clone/command-line.ts";
import { FreshClone } from "../fresh-clone/fresh-clone.ts";
import { WarmCommands } from "../fresh-clone/warm-command.ts";

const crickets = ["--pipeline", "crickets"];
const name = "get-pipeline-definition";

describe("get-pipeline-definition", function () {
  this.timeout(30_000);
  let folder: string;
  let commands: WarmCommands;
  const run = (script: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    commands.run(script, args, { ...process.env, ...env });
  const command = (script: string, args: readonly string[], options: Parameters<typeof commandOf>[2] = {}) =>
    commandOf(script, args, { folder, ...options });

  before(async () => {
    ({ folder } = await FreshClone.shared());
    commands = new WarmCommands(folder);
  });
  after(() => commands.stop());

  it("prints the definition and nothing else", async () => {
    const { code, stdout, stderr } = await command(name, crickets);
    assert.equal(code, 0);
    assert.equal(stderr, "");
    const definition = JSON.parse(stdout) as PipelineDefinition;
    assert.equal(definition.Version, "2020-12-01");
    assert.equal(definition.Steps.length, 4);
  });

  it("prints the same bytes from another folder, time zone, language, and clone", async () => {
    const here = await command(name, crickets);
    const env = { TZ: "Pacific/Kiritimati", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8", HOME: "/nonexistent" };
    const elsewhere = await command(name, crickets, { env, cwd: tmpdir() });
    assert.equal(elsewhere.stdout, here.stdout);
    const clone = await FreshClone.make();
    try {
      const { output } = await clone.run(process.execPath, ["scripts/launch.mjs", name, ...crickets]);
      assert.equal(output, here.stdout);
    } finally {
      clone.remove();
    }
  });

  it("uses the variables of AWS's template", async () => {
    const env = {
      AWS_REGION: "eu-west-1",
      ARTIFACT_BUCKET: "arn:aws:s3:::own-bucket",
      SAGEMAKER_PIPELINE_ROLE_ARN: "arn:aws:iam::999999999999:role/own",
    };
    const { stdout } = await run(name, crickets, env);
    assert.match(stdout, /"s3:\/\/own-bucket\/crickets\/code\/[0-9a-f]{64}\/split\.py"/);
    assert.match(stdout, /"RoleArn": "arn:aws:iam::999999999999:role\/own"/);
    assert.match(stdout, /\.dkr\.ecr\.eu-west-1\.amazonaws\.com\/sagemaker-xgboost:3\.0-5"/);
  });

  describe("with an existing definition", () => {
    const definition = (steps: string) => `{"Version":"2020-12-01","Metadata":{},"Parameters":[],"Steps":[${steps}]}`;
    const fail = (step: string, message: string) =>
      `{"Name":"${step}","Type":"Fail","Arguments":{"ErrorMessage":${message}}}`;
    let files: string;
    before(() => {
      files = mkdtempSync(join(tmpdir(), "definition-"));
      writeFileSync(join(files, "old.json"), definition(fail("A", '"x"')));
      writeFileSync(
        join(files, "bad.json"),
        definition(`${fail("A B", "1e400")},${fail("C", '{"Get":"Parameters.P"}')}`),
      );
    });
    after(() => rmSync(files, { recursive: true }));

    it("checks a definition from a file or standard input and prints an equal one", async () => {
      const text = readFileSync(join(files, "old.json"), "utf8");
      const file = await command(name, ["--from", join(files, "old.json")]);
      assert.deepEqual(JSON.parse(file.stdout), JSON.parse(text));
      const input = await command(name, ["--from", "-"], { input: `\uFEFF${text}` });
      assert.deepEqual(input, file);
    });

    it("lists the mistakes of a definition and exits with 2", async () => {
      const { code, stdout, stderr } = await run(name, ["--from", join(files, "bad.json")]);
      assert.equal(code, 2);
      assert.equal(stdout, "");
      assert.match(stderr, /^pipeline definition has 3 problems:\n {2}Steps\.A B: .*rename it\n/);
      assert.match(
        stderr,
        /Steps\.A B\.Arguments\.ErrorMessage: is Infinity.*\n.*Steps\.C\.Arguments\.ErrorMessage: uses/,
      );
    });

    it("rejects a definition that is too long for SageMaker", async () => {
      const input = definition(fail("A", JSON.stringify("x".repeat(1_048_576))));
      const { code, stdout, stderr } = await command(name, ["--from", "-"], { input });
      assert.deepEqual([code, stdout], [2, ""]);
      assert.match(
        stderr,
        /the definition: has 10\d+ characters; SageMaker accepts 1048576; divide the pipeline in two\n$/,
      );
    });

    it("accepts the quotas of an account", async () => {
      const input = definition(Array.from({ length: 51 }, (_, index) => fail(`S${index}`, '"x"')).join());
      const { stderr } = await command(name, ["--from", "-"], { input });
      assert.match(stderr, /^pipeline definition has 1 problem:\n {2}Steps: are 51; SageMaker accepts 50/);
      assert.equal((await command(name, ["--from", "-", "--quota", "steps=51"], { input })).code, 0);
    });

    it("prints its graph", async () => {
      const { stdout } = await run(name, [...crickets, "--mermaid"]);
      assert.match(stdout, /^flowchart TD\n {2}s1\["SplitChirps<br\/>Processing"\]\n/);
      assert.match(stdout, / {2}s4 -->\|true\| s5\n/);
    });

    it("prints the differences from an earlier definition", async () => {
      const now = definition(fail("A", '"y"'));
      const { code, stdout } = await command(name, ["--from", "-", "--diff", join(files, "old.json")], { input: now });
      assert.equal(code, 0);
      assert.match(stdout, /^Steps\n {2}~ A \(Fail\)\n {6}~ Arguments\.ErrorMessage: "x" -> "y"\n\nThe next execution/);
      const { stdout: same } = await command(name, [...crickets, "--diff", "-"], {
        input: (await run(name, crickets)).stdout,
      });
      assert.match(same, /^No differences\./);
    });
  });

  const wrong: readonly (readonly [string, readonly string[], NodeJS.ProcessEnv, RegExp])[] = [
    ["no pipeline", [], {}, /^--pipeline is missing; give one of: crickets, or a definition with --from FILE\.\n$/],
    ["an unknown pipeline", ["--pipeline", "oyster"], {}, /^There is no pipeline "oyster"; there are: crickets\.\n$/],
    ["an unknown option", ["--colour"], {}, /^Unknown option '--colour'\. Run it with --help/],
    ["a definition and a pipeline", [...crickets, "--from", "-"], {}, /^--pipeline and --from are both given/],
    ["a picture and a difference", [...crickets, "--mermaid", "--diff", "x"], {}, /^--mermaid and --diff are both/],
    [
      "standard input for two options",
      ["--from", "-", "--diff", "-"],
      {},
      /^--from and --diff both read standard input/,
    ],
    [
      "a file that does not exist",
      ["--from", "no.json"],
      {},
      /^--from no\.json cannot be read \(ENOENT\); give a file/,
    ],
    ["an unknown quota", ["--from", "-", "--quota", "colours=3"], {}, /^--quota takes NAME=NUMBER, not "colours=3"/],
    [
      "a quota for a pipeline of pipelines/",
      [...crickets, "--quota", "steps=60"],
      {},
      /^--quota is for definitions in files/,
    ],
    ["an extra word", [...crickets, "now"], {}, /^Unexpected argument 'now'/],
    [
      "an invalid role",
      crickets,
      { SAGEMAKER_PIPELINE_ROLE_ARN: "foo" },
      /^SAGEMAKER_PIPELINE_ROLE_ARN: got "foo"; give an ARN such as/,
    ],
    [
      "a region without the image",
      crickets,
      { AWS_REGION: "mars-north-1" },
      /^no XGBoost image is known for region mars-north-1/,
    ],
  ];
  for (const [what, args, env, message] of wrong)
    it(`exits with 2 and one line for ${what}`, async () => {
      const { code, stdout, stderr } = await run(name, args, env);
      assert.equal(code, 2);
      assert.equal(stdout, "");
      assert.match(stderr, message);
      assert.equal(stderr.trimEnd().split("\n").length, 1);
    });

  for (const script of [
    name,
    "run-pipeline",
    "check-stack",
    "preview-comment",
    "upload-data",
    "destroy-dev-stack",
    "endpoint",
    "start",
  ])
    it(`${script} --help describes the command and exits with 0`, async () => {
      const { code, stdout } = await run(script, ["--help"]);
      assert.equal(code, 0);
      assert.match(stdout, /npm (run -s |start)|export AWS_ENDPOINT_URL/);
    });
});
