import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "../local-aws.ts";
import { pythons } from "../pythons.ts";

const toolkit = fileURLToPath(new URL("../../../local/jobs/images/toolkit", import.meta.url));

const program = `
import json, sys
from environment import training_environment
variables, words, program = training_environment(sys.argv[1], "framework:main")
print(json.dumps({"variables": variables, "words": words, "program": program}))
`;

interface Told {
  readonly variables: { readonly [name: string]: string };
  readonly words: readonly string[];
  readonly program: string;
}

/** Returns the arguments and variables that the toolkit passes to the script of a training job with these hyperparameters. */
async function told(hyperparameters: { readonly [name: string]: string }): Promise<Told> {
  const base = await temporaryFolder();
  const config = join(base, "input", "config");
  await mkdir(config, { recursive: true });
  const group = { instance_group_name: "homogeneousCluster", instance_type: "ml.m5.large", hosts: ["algo-1"] };
  const files = {
    hyperparameters,
    inputdataconfig: { train: { ContentType: "text/csv" }, "my-data": {} },
    resourceconfig: { current_host: "algo-1", hosts: ["algo-1"], instance_groups: [group] },
  };
  for (const [name, value] of Object.entries(files))
    await writeFile(join(config, `${name}.json`), JSON.stringify(value));
  const { xgboost } = await pythons();
  const env = {
    PATH: process.env["PATH"],
    PYTHONPATH: toolkit,
    PYTHONDONTWRITEBYTECODE: "1",
    TRAINING_JOB_NAME: "job",
  };
  const text = execFileSync(xgboost, ["-c", program, base], { env }).toString().replaceAll(base, "/opt/ml");
  await rm(base, { recursive: true });
  return JSON.parse(text);
}

describe("the training toolkit", function () {
  this.timeout(120_000);

  it("passes the script's hyperparameters as sorted arguments, in Python's spelling and without those for the toolkit", async () => {
    const { words, program: script } = await told({
      sagemaker_program: '"train.py"',
      sagemaker_submit_directory: '"s3://b/sourcedir.tar.gz"',
      sagemaker_mpi_enabled: "true",
      eta: "0.10",
      rounds: "1.0",
      small: "1e-7",
      flag: "true",
      none: "null",
      n: "3",
      name: '"a b"',
      plain: "not json",
      list: '["x", 1]',
      map: '{"b": 2, "a": "x"}',
    });
    assert.equal(script, "train.py");
    assert.deepEqual(words, [
      ...["--eta", "0.1", "--flag", "True", "--list", "['x', 1]", "--map", "a=x,b=2"],
      ...["-n", "3", "--name", "a b", "--none", "", "--plain", "not json", "--rounds", "1.0", "--small", "1e-07"],
    ]);
  });

  it("sets every variable of AWS's toolkit", async () => {
    const { variables } = await told({ alpha: "1", sagemaker_program: '"train.py"', sagemaker_mpi_enabled: "true" });
    const { SM_TRAINING_ENV = "", SM_NUM_CPUS = "", SM_RESOURCE_CONFIG: _resources, ...others } = variables;
    assert.ok(Number(SM_NUM_CPUS) > 0);
    assert.equal(JSON.parse(SM_TRAINING_ENV).job_name, "job");
    assert.deepEqual(others, {
      CURRENT_HOST: "algo-1",
      SAGEMAKER_JOB_NAME: "",
      SAGEMAKER_REGION: "",
      SM_CHANNELS: '["my-data","train"]',
      "SM_CHANNEL_MY-DATA": "/opt/ml/input/data/my-data",
      SM_CHANNEL_TRAIN: "/opt/ml/input/data/train",
      SM_CURRENT_HOST: "algo-1",
      SM_CURRENT_INSTANCE_GROUP: "homogeneousCluster",
      SM_CURRENT_INSTANCE_GROUP_HOSTS: '["algo-1"]',
      SM_CURRENT_INSTANCE_TYPE: "local",
      SM_DISTRIBUTION_INSTANCE_GROUPS: "[]",
      SM_FRAMEWORK_MODULE: "framework:main",
      SM_FRAMEWORK_PARAMS: '{"sagemaker_mpi_enabled":true}',
      SM_HOSTS: '["algo-1"]',
      SM_HPS: '{"alpha":1}',
      SM_HP_ALPHA: "1",
      SM_INPUT_CONFIG_DIR: "/opt/ml/input/config",
      SM_INPUT_DATA_CONFIG: '{"my-data":{},"train":{"ContentType":"text/csv"}}',
      SM_INPUT_DIR: "/opt/ml/input",
      SM_INSTANCE_GROUPS: '["homogeneousCluster"]',
      SM_INSTANCE_GROUPS_DICT:
        '{"homogeneousCluster":{"hosts":["algo-1"],"instance_group_name":"homogeneousCluster","instance_type":"ml.m5.large"}}',
      SM_IS_HETERO: "false",
      SM_LOG_LEVEL: "20",
      SM_MODEL_DIR: "/opt/ml/model",
      SM_MODULE_DIR: "/opt/ml/code",
      SM_MODULE_NAME: "train",
      SM_NETWORK_INTERFACE_NAME: "eth0",
      SM_NUM_GPUS: "0",
      SM_OUTPUT_DATA_DIR: "/opt/ml/output/data",
      SM_OUTPUT_DIR: "/opt/ml/output",
      SM_OUTPUT_INTERMEDIATE_DIR: "/opt/ml/output/intermediate",
      SM_USER_ARGS: '["--alpha","1"]',
      SM_USER_ENTRY_POINT: "train.py",
    });
  });
});
