import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readStackFile } from "../../../local/deploy/stack-file.ts";
import { repository } from "../../../scripts/local-stack/folders.ts";

const project = "name: p\nconfig:\n  notifyFailures: { type: boolean, default: true }\n  kmsKeyArn: { default: '' }\n";

describe("readStackFile", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "stack-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  function read(stack: string, own = project) {
    writeFileSync(join(folder, "Pulumi.yaml"), own);
    writeFileSync(join(folder, "Pulumi.s.yaml"), stack);
    return readStackFile(folder, "s");
  }

  it("reads the project, the program and the configuration, with lists and objects as JSON text", () => {
    const { configuration, program } = read("config:\n  aws:region: r\n  p:notifyFailures: false\n  p:ids: [1]\n");
    assert.deepEqual(configuration, { "aws:region": "r", "p:notifyFailures": "false", "p:ids": "[1]" });
    assert.equal(program, join(folder, "index.ts"));
  });

  it("accepts an empty stack file", () => {
    for (const nothing of ["", "# nothing\n", "encryptionsalt: v1\n", "config: {}\n"])
      assert.deepEqual(read(nothing, "name: p\n").configuration, {});
  });

  it("accepts this repository's stack `local`", () => {
    assert.equal(readStackFile(repository, "local").project, "sagemaker-training");
  });

  const off = "config:\n  p:notifyFailures: false\n";
  const refused: readonly (readonly [string, string, string, RegExp])[] = [
    ["a stack file that is a text", "hello", project, /Pulumi\.s\.yaml: got "hello"; give keys with their values/],
    [
      "a stack file that is a list",
      "- aws:region: r",
      project,
      /Pulumi\.s\.yaml: got \[\{"aws:region":"r"\}\]; give keys/,
    ],
    ["an empty configuration", "config:\n", project, /Pulumi\.s\.yaml, config: got null; give keys with/],
    ["a configuration that is a text", "config: hello", project, /Pulumi\.s\.yaml, config: got "hello"; give keys/],
    ["a configuration that is a list", "config: [a]", project, /Pulumi\.s\.yaml, config: got \["a"\]; give keys/],
    ["a file that is not YAML", "config: [", project, /Pulumi\.s\.yaml is not YAML: /],
    ["a project file that is a text", off, "name", /Pulumi\.yaml: got "name"; give keys/],
    ["a project file without a name", off, "runtime: nodejs", /Pulumi\.yaml: name is missing/],
    [
      "the setting notifyFailures from the project's default",
      "config:\n  aws:region: r\n",
      project,
      /^\S*Pulumi\.s\.yaml, p:notifyFailures: got true; the local endpoint cannot send notifications; set it to false$/,
    ],
    [
      "the setting notifyFailures as a text",
      'config:\n  p:notifyFailures: "true"\n',
      project,
      /p:notifyFailures: got "true"; the local/,
    ],
    [
      "the setting jobLogRetentionDays",
      `${off}  p:jobLogRetentionDays: 30\n`,
      project,
      /p:jobLogRetentionDays: got 30; .*leave it out$/,
    ],
    [
      "the setting sagemakerPipelineRoleArn",
      `${off}  p:sagemakerPipelineRoleArn: arn:aws:iam::123456789012:role/r\n`,
      project,
      /p:sagemakerPipelineRoleArn: got "arn:.*"; the local endpoint has only the stack's own role; leave it out$/,
    ],
    [
      "the setting sagemakerProjectArn",
      `${off}  p:sagemakerProjectArn: arn\n`,
      project,
      /p:sagemakerProjectArn: got "arn"; .*leave/,
    ],
    [
      "the setting github",
      `${off}  p:github: { repository: a/b }\n`,
      project,
      /p:github: got \{"repository":"a\/b"\}; GitHub workflows cannot/,
    ],
    [
      "the schedule of a pipeline",
      `${off}  p:pipelines: { crickets: { schedule: rate(1 day) } }\n`,
      project,
      /p:pipelines: got .*; the local endpoint does not start executions on a schedule; leave out schedule$/,
    ],
    [
      "two unsupported settings, one line for each",
      "config:\n  p:notifyFailures: true\n  p:jobLogRetentionDays: 30\n",
      project,
      /^[^\n]*notifyFailures[^\n]*\n[^\n]*jobLogRetentionDays[^\n]*$/,
    ],
  ];
  for (const [what, stack, own, message] of refused)
    it(`rejects ${what}`, () => {
      assert.throws(() => read(stack, own), { name: "LocalError", code: "deploy", message });
    });
});
