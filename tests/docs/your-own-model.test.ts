import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../../scripts/local-stack/folders.ts";
import { FreshClone, type RunningEndpoint } from "../fresh-clone/fresh-clone.ts";
import { WarmCommands } from "../fresh-clone/warm-command.ts";
import { containerPython } from "../local/jobs/processing-container.ts";
import { codeBlocks, page } from "./pages.ts";
import { steadyLines } from "./shown-output.ts";

interface Shown {
  readonly command: string;
  readonly output: readonly string[];
}

const ownModel = page("docs/your-own-model.md");

/** The commands of the page with their outputs, but those for AWS. */
const shown: readonly Shown[] = codeBlocks(ownModel)
  .filter(({ language }) => language === "console")
  .flatMap(({ code }) => code.split(/^\$ /m).slice(1))
  .map((text) => text.split("\n"))
  .map(([command = "", ...output]) => ({ command, output: steadyLines(output.join("\n")) }))
  .filter(({ command }) => !command.includes("--stack dev"));

describe("the page about your own model", function () {
  this.timeout(300_000);
  let clone: FreshClone;
  let commands: WarmCommands;
  let endpoint: RunningEndpoint | undefined;

  before(async () => {
    clone = await FreshClone.make("templates/regression");
    rmSync(join(clone.folder, "pipelines", "regression"), { recursive: true });
    cpSync(join(repository, "templates/regression/sample.csv"), join(clone.folder, "deliveries.csv"));
    commands = new WarmCommands(clone.folder);
  });
  after(async () => {
    commands.stop();
    endpoint?.process.child.kill("SIGTERM");
    await endpoint?.process.ended;
    clone.remove();
  });

  /** Runs a command of the page, and returns its exit code and its output. */
  async function run(command: string): Promise<{ readonly code: number; readonly output: string }> {
    if (command === "npm run -s endpoint &") {
      endpoint = await clone.startEndpoint();
      return { code: 0, output: endpoint.process.output().replace(endpoint.url, "http://127.0.0.1:0") };
    }
    // The endpoint of the test has another port.
    if (command.startsWith("export ")) return { code: 0, output: "" };
    const [, named, start, rest = ""] = /^npm (?:run -s ([\w-]+)|(start))(?: -- (.*))?$/.exec(command) ?? [];
    const name = named ?? start;
    if (name === undefined)
      return { code: 0, output: execFileSync("sh", ["-c", command], { cwd: clone.folder, encoding: "utf8" }) };
    const args = [...rest.matchAll(/"([^"]*)"|\S+/g)].map(([word, quoted]) => quoted ?? word);
    const { code, output } = await commands.run(name, args, clone.environment(endpoint?.environment ?? {}));
    return { code: code ?? -1, output };
  }

  /** The edits before each `npm start`, and the exit code of the check. */
  const starts: readonly (readonly [edits: readonly (readonly [string, string])[], code: number])[] = [
    [[], 0],
    [[["num_round: 150", "num_round: 20"]], 1],
    [
      [
        ["num_round: 20", "num_round: 300"],
        ["max_depth: 4", "max_depth: 3"],
      ],
      0,
    ],
  ];

  it("shows what its commands print", async () => {
    let started = 0;
    for (const { command, output } of shown) {
      const [edits, expected] = command.startsWith("npm start") ? (starts[started++] ?? assert.fail()) : [[], 0];
      for (const [from, to] of edits) {
        assert.ok(ownModel.text.includes(`\`${to}\``), `the page tells to write ${to}`);
        clone.edit("pipelines/meals/pipeline.ts", from, to);
      }
      const ran = await run(command);
      assert.equal(ran.code, expected, ran.output);
      const printed = steadyLines(ran.output);
      assert.deepEqual(
        output.filter((line) => !printed.includes(line)),
        [],
        `${command} prints:\n${ran.output}`,
      );
    }
    assert.equal(started, starts.length);
  });

  it("shows the first rows of the sample data", () => {
    const [text] = codeBlocks(ownModel).filter(({ language }) => language === "text");
    assert.ok(readFileSync(join(repository, "templates/regression/sample.csv"), "utf8").startsWith(text?.code ?? "-"));
  });

  it("has the numbers that decisions.py measures", async () => {
    const args = ["-B", join(repository, "tests/docs/decisions.py"), join(repository, "templates")];
    const env = { ...process.env, PYTHONPATH: join(repository, "language/python"), OMP_NUM_THREADS: "1" };
    const measured = JSON.parse(execFileSync(await containerPython(), args, { env, encoding: "utf8" }));
    const percent = (value: number) => `${Math.round(100 * value)} %`;
    const verdicts = ["0", "0.02", "0.05", "0.1"].map((tolerance) => {
      const { pass, inconclusive, regression } = measured.verdicts[tolerance];
      return `| ${[pass, inconclusive, regression].map(percent).join(" | ")} |`;
    });
    const expected = [
      ...verdicts,
      `by row | ${measured.by_row.toFixed(2)} |`,
      `as the model will be used for new customers | ${measured.by_customer.toFixed(2)} |`,
      `MSE from ${measured.mse[0].toFixed(1)} to ${measured.mse[1].toFixed(1)}`,
      `${measured.rows} test rows`,
      `is ${(100 * measured.standard_error).toFixed(1)} % of the MSE`,
      `= ${Math.round(5 + 250 * measured.standard_error)} %`,
      `most | ${percent(measured.worst.squared)} of`,
      `alike | ${percent(measured.worst.absolute)} of`,
    ];
    const text = ownModel.text.replaceAll(/\s+/g, " ");
    assert.deepEqual(
      expected.filter((each) => !text.includes(each)),
      [],
    );
  });
});
