import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { deploy } from "../local/deploy/deploy.ts";
import { type Endpoint, startEndpoint } from "../local/endpoint.ts";
import { clientEnvironment } from "../local/state/process-environment.ts";
import { FreshClone } from "./fresh-clone/fresh-clone.ts";
import { WarmCommands } from "./fresh-clone/warm-command.ts";
import { pythons, warmPythons } from "./local/pythons.ts";
import { crickets } from "./pipelines-under-test/crickets.ts";

interface ReportFile {
  readonly verdict: string;
  readonly exitCode: number;
  readonly comparison?: { readonly upper: number };
}

const names = ["meals", "leavers"] as const;
const [meals, leavers] = ["pipelines/meals/pipeline.ts", "pipelines/leavers/pipeline.ts"];

describe("npm run new-pipeline, from a name to a model that replaces another one", function () {
  this.timeout(300_000);
  let clone: FreshClone;
  let commands: WarmCommands;
  let endpoint: Endpoint;

  before(async () => {
    clone = await FreshClone.make();
    rmSync(join(clone.folder, "pipelines", basename(crickets.folder)), { recursive: true });
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

  /** Deploys both pipelines, and trains and checks their models. */
  async function check() {
    const { folder } = clone;
    const stateFile = join(folder, ".local", "state", "deploy.json");
    const { outputs } = await deploy({ folder, stack: "local", stateFile, url: endpoint.url });
    writeFileSync(join(folder, ".local", "outputs.json"), JSON.stringify(outputs));
    const reports: ReportFile[] = [];
    for (const name of names) {
      const of = ["--outputs", ".local/outputs.json", "--pipeline", name];
      const uploaded = await run("upload-data", ...of, "--file", `pipelines/${name}/sample.csv`);
      await run("check-stack", ...of, "--parameter", `InputDataUrl=${uploaded.stdout.trim()}`);
      reports.push(clone.readJson(".local/report/report.json") as ReportFile);
    }
    return reports;
  }
  const verdictsOf = (reports: readonly ReportFile[]) => reports.map(({ verdict, exitCode }) => [verdict, exitCode]);

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
    const file = join(clone.folder, "tsconfig.json");
    const text = readFileSync(file, "utf8").replace(/"include": \[[^\]]*\]/, `"include": ["${include.join('", "')}"]`);
    writeFileSync(file, text);
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

  /** The settings of the templates, and settings that give worse models. */
  const settings = [
    [meals, "num_round: 150", "num_round: 20"],
    [leavers, "num_round: 100", "num_round: 1"],
    [leavers, "regularization: 1 ", "regularization: 10_000 "],
  ] as const;
  const worsen = () => {
    for (const [file, good, bad] of settings) clone.edit(file, good, bad);
  };
  const mend = () => {
    for (const [file, good, bad] of settings) clone.edit(file, bad, good);
  };

  it("trains and approves a first model of each", async () => {
    worsen();
    assert.deepEqual(verdictsOf(await check()), Array(2).fill(["pass", 0]));
  });

  it("passes better models", async () => {
    mend();
    const reports = await check();
    assert.deepEqual(verdictsOf(reports), Array(2).fill(["pass", 0]));
    for (const { comparison } of reports) assert.ok((comparison?.upper ?? 0) < 0, "surely better");
  });

  it("refuses worse models", async () => {
    worsen();
    assert.deepEqual(verdictsOf(await check()), Array(2).fill(["regression", 1]));
  });
});
