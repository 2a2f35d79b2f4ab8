import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { FreshClone } from "./fresh-clone/fresh-clone.ts";
import { record } from "./infra/recorded/recorded.ts";

/** Variables that hold secrets on people's machines and in CI, each with a unique value to search for. */
const canaries = Object.fromEntries(
  [
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "PULUMI_ACCESS_TOKEN",
    "PULUMI_CONFIG_PASSPHRASE",
    "GITHUB_TOKEN",
    "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
    "NPM_TOKEN",
    "DATABASE_PASSWORD",
  ].map((name) => [name, `canary-${name.toLowerCase().replaceAll("_", "-")}`]),
);

/** Returns the names of the variables whose value occurs in a text. */
function namesIn(text: string): readonly string[] {
  return Object.entries(canaries).flatMap(([name, value]) => (text.includes(value) ? [name] : []));
}

/** Lists every file below a folder, without following links. */
function files(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? files(path) : entry.isFile() ? [path] : [];
  });
}

describe("secrets", function () {
  this.timeout(300_000);

  it("do not occur in any resource, definition, output or message of the stack", async () => {
    const configuration = { "aws:region": "eu-central-1", "aws:secretKey": "canary-npm-token" };
    // Pulumi's provider needs the credentials and keeps them in its inputs.
    const { providers: _, ...stack } = await record({
      environment: canaries,
      configuration,
      secrets: ["aws:secretKey"],
    });
    assert.equal(stack.error, undefined);
    assert.ok(JSON.stringify(stack).includes("crickets-training-dev"), "the recording holds the stack");
    assert.deepEqual(namesIn(JSON.stringify(stack)), []);
  });

  it("are not shown when a configuration key that holds one is rejected, even a misspelt key", async () => {
    const secret = canaries["DATABASE_PASSWORD"] ?? "";
    for (const key of ["sagemaker-training:kmsKeyArn", "sagemaker-training:databasePassword"]) {
      const configuration = { "aws:region": "eu-central-1", [key]: secret };
      const stack = await record({ configuration, secrets: [key] });
      assert.match(stack.error ?? "", /set as a secret/);
      assert.deepEqual(namesIn(JSON.stringify(stack)), []);
    }
  });

  it("do not reach a job, log, report or state, even if a script prints its whole environment", async () => {
    const clone = await FreshClone.make();
    try {
      const print = "import os\nprint('environment', dict(os.environ))\n";
      clone.edit("pipelines/crickets/split.py", "import os\n", print);
      const { code, output } = await clone.run("npm", ["start"], canaries);
      assert.equal(code, 0, output);
      const made = files(join(clone.folder, ".local")).map((path) => [path, readFileSync(path, "latin1")] as const);
      const printed = made.filter(([, text]) => /environment \{'/.test(text));
      assert.ok(printed.length > 0, "the script's print is in a log");
      assert.ok(
        made.some(([path]) => path.endsWith("report.json")),
        "there is a report",
      );
      assert.deepEqual(namesIn(output), []);
      assert.deepEqual(
        made.flatMap(([path, text]) => namesIn(text).map((name) => `${name} in ${path.slice(clone.folder.length)}`)),
        [],
      );
    } finally {
      clone.remove();
    }
  });
});
