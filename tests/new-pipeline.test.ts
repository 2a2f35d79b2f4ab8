import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deploy } from "../local/deploy/deploy.ts";
import { type Endpoint, startEndpoint } from "../local/endpoint.ts";
import { clientEnvironment } from "../local/state/process-environment.ts";
import { FreshClone } from "./fresh-clone/fresh-clone.ts";
import { WarmCommands } from "./fresh-clone/warm-command.ts";
import { pythons, warmPythons } from "./local/pythons.ts";

interface ReportFile {
  readonly verdict: string;
  readonly candidate?: { readonly value: number };
  readonly baseline?: { readonly value: number };
  readonly comparison?: { readonly upper: number };
}

const names = ["meals", "leavers"] as const;
const file = "pipelines/leavers/pipeline.ts";

/** Settings of the template of the classification, and settings that make both of its models worse. */
const settings = [
  ["num_round: 100", "num_round: 1"],
  ["regularization: 1 ", "regularization: 10_000 "],
] as const;

// docs/your-own-model.test.ts trains, worsens and improves a regression.
describe("npm run new-pipeline, from a name to a classification that replaces another one", function () {
  this.timeout(300_000);
  let clone: FreshClone;
  let commands: WarmCommands;
  let endpoint: Endpoint;
  let approved: number | undefined;

  before(async () => {
    clone = await FreshClone.make("templates/regression");
    rmSync(join(clone.folder, "pipelines", "regression"), { recursive: true });
    commands = new WarmCommands(clone.folder);
    const state = join(clone.folder, ".local", "state");
    const options = { port: 0, state, authorize: true, warm: warmPythons() };
    endpoint = await startEndpoint({ ...options, pythons: await pythons() });
  });
  after(async () => {
    commands.stop();
    await endpoint.close();
    clone.remove();
  });

  const run = (name: string, ...args: readonly string[]) =>
    commands.run(name, args, clone.environment(clientEnvironment(endpoint.url, "us-east-1", {})));

  /** Deploys the pipelines, and trains and checks the classification. */
  async function check() {
    const { folder } = clone;
    const stateFile = join(folder, ".local", "state", "deploy.json");
    const { outputs } = await deploy({ folder, stack: "local", stateFile, url: endpoint.url });
    writeFileSync(join(folder, ".local", "outputs.json"), JSON.stringify(outputs));
    const of = ["--outputs", ".local/outputs.json", "--pipeline", "leavers"];
    const uploaded = await run("upload-data", ...of, "--file", "pipelines/leavers/sample.csv");
    const { code, output } = await run("check-stack", ...of, "--parameter", `InputDataUrl=${uploaded.stdout.trim()}`);
    return { code, output, report: clone.readJson(".local/report/report.json") as ReportFile };
  }

  it("creates a pipeline of each kind, and names the next two commands", async () => {
    const { code, stdout } = await run("new-pipeline", "meals");
    assert.equal(code, 0);
    assert.equal(
      stdout,
      "Created pipelines/meals and tests/pipelines/meals. Its README.md explains each file. Next:\n\n  npm start -- --pipeline meals\n  npm test -- pipelines/meals\n",
    );
    assert.equal((await run("new-pipeline", "leavers", "--kind", "classification")).code, 0);
  });

  it("creates files that npm run check accepts", async () => {
    // The other files of the clone are checked in their own tests.
    const include = names.flatMap((name) => [`pipelines/${name}`, `tests/pipelines/${name}`]);
    const project = join(clone.folder, "tsconfig.json");
    const text = readFileSync(project, "utf8").replace(
      /"include": \[[^\]]*\]/,
      `"include": ["${include.join('", "')}"]`,
    );
    writeFileSync(project, text);
    clone.edit("biome.json", '"**"', '"pipelines/**", "tests/pipelines/**"');
    const { code, output } = await run("check");
    assert.deepEqual([output, code], ["", 0]);
  });

  it("creates tests that pass", async () => {
    const args = ["pipelines/meals", "pipelines/leavers", "--grep", "declares"];
    const { code, output } = await clone.run("npm", ["test", "--", ...args]);
    assert.equal(code, 0, output);
    assert.match(output, /^2 passed, 0 failed/m);
  });

  it("trains and approves a first model", async () => {
    for (const [good, bad] of settings) clone.edit(file, good, bad);
    const { code, output, report } = await check();
    assert.deepEqual([code, report.verdict], [0, "pass"], output);
  });

  it("passes a better model", async () => {
    for (const [good, bad] of settings) clone.edit(file, bad, good);
    const { code, output, report } = await check();
    assert.deepEqual([code, report.verdict], [0, "pass"], output);
    assert.ok((report.comparison?.upper ?? 0) < 0, "it is surely better");
    approved = report.candidate?.value;
  });

  it("refuses a worse model with other features, and scores the approved one with its own", async () => {
    for (const [good, bad] of settings) clone.edit(file, good, bad);
    clone.edit("pipelines/leavers/data.json", '    "hours": "number",\n', "");
    clone.edit("pipelines/leavers/data.json", '"ignored": []', '"ignored": ["hours"]');
    clone.edit(
      "pipelines/leavers/features.py",
      "    return pd.DataFrame(columns, index=rows.index)",
      '    columns["many"] = (rows["tickets"] > 3).astype(float)\n    return pd.DataFrame(columns, index=rows.index)',
    );
    const { code, output, report } = await check();
    assert.deepEqual([code, report.verdict], [1, "regression"], output);
    assert.equal(report.baseline?.value, approved);
  });
});
