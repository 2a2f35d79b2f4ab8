import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repository } from "../../../scripts/local-stack/folders.ts";
import { type Report, reportSchema } from "../../../scripts/report/report.ts";
import { reportFolder } from "../../../scripts/report/reported.ts";
import { command } from "../../command-line.ts";
import { exampleReport } from "./example-report.ts";

describe("a report at every end", function () {
  this.timeout(60_000);
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "reported-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function written(...names: readonly string[]): Report {
    const inside = join(folder, ...names);
    assert.deepEqual(readdirSync(inside).sort(), ["report.html", "report.json", "report.md"]);
    return reportSchema.parse(JSON.parse(readFileSync(join(inside, "report.json"), "utf8")));
  }

  describe("of check-stack", () => {
    const usage: readonly (readonly [string, readonly string[], readonly string[], RegExp])[] = [
      ["an option that it does not have", ["--report", "out", "--colour"], ["out"], /Unknown option '--colour'/],
      ["outputs that are not there", ["--outputs", "gone.json"], [".local", "report"], /gone\.json cannot be read/],
    ];
    for (const [what, args, place, reason] of usage)
      it(`is written where it belongs after wrong usage: ${what}`, async () => {
        const { code, stderr } = await command("check-stack", args, { cwd: folder });
        const report = written(...place);
        assert.equal(code, 2);
        assert.equal(report.verdict, "error");
        assert.equal(report.exitCode, 2);
        assert.match(report.reasons.join("\n"), reason);
        assert.match(stderr, reason);
      });

    it("is not written by --help", async () => {
      const { code } = await command("check-stack", ["--help"], { cwd: folder });
      assert.equal(code, 0);
      assert.deepEqual(readdirSync(folder), []);
    });
  });

  /** Runs a program of one expression, `(signal, pending) => ...`, as a command that reports into `folder`. */
  function run(
    body: string,
    kills: readonly NodeJS.Signals[] = [],
    stdout: "pipe" | number = "pipe",
  ): Promise<number | null> {
    const file = join(folder, "program.mts");
    const from = (path: string) => JSON.stringify(join(repository, "scripts", path));
    writeFileSync(
      file,
      `import { runCommand } from ${from("command/run-command.ts")};
       import { ExitError } from ${from("command/exit-code.ts")};
       import { reported } from ${from("report/reported.ts")};
       const example = ${JSON.stringify(exampleReport)};
       const pause = () => new Promise((resolve) => setTimeout(resolve, 200));
       const hang = () => new Promise((resolve) => { setTimeout(resolve, 100_000); console.log("ready"); });
       await runCommand(reported(${JSON.stringify(join(folder, "report"))}, ${body}));`,
    );
    return new Promise((resolve) => {
      const args = ["--import", "tsx", file];
      const child = spawn(process.execPath, args, { cwd: repository, stdio: ["ignore", stdout, "ignore"] });
      child.stdout?.on("data", () => {
        for (const [index, signal] of kills.entries()) setTimeout(() => child.kill(signal), index * 1100);
      });
      child.on("close", resolve);
    });
  }

  const ends: readonly (readonly [string, string, readonly NodeJS.Signals[], number, Report["verdict"], RegExp])[] = [
    ["a verdict", "async (_, p) => (p.write(example), 0)", [], 0, "pass", /^The difference/],
    [
      "an expected error",
      'async () => { throw new ExitError(4, "Too late.\\nIt runs."); }',
      [],
      4,
      "error",
      /^Too late\.$/,
    ],
    ["a defect", 'async () => { throw new TypeError("no such thing"); }', [], 6, "error", /^no such thing$/],
    [
      "a signal",
      'async (signal, p) => { p.know({ pipeline: "abalone" }); hang(); await new Promise((_, no) => signal.addEventListener("abort", () => no(signal.reason))); return 0; }',
      ["SIGINT"],
      130,
      "error",
      /^The check was ended by SIGINT\.$/,
    ],
    [
      "two signals",
      "async () => { await hang(); return 0; }",
      ["SIGTERM", "SIGTERM"],
      143,
      "error",
      /ended by SIGTERM/,
    ],
    [
      "a signal after the verdict",
      "async (_, p) => { p.write(example); await hang(); return 0; }",
      ["SIGINT", "SIGINT"],
      130,
      "pass",
      /^The difference/,
    ],
    [
      "a defect that nothing awaits",
      'async () => { setTimeout(() => { throw new TypeError("no such thing"); }); await hang(); return 0; }',
      [],
      6,
      "error",
      /exit code 6/,
    ],
    ["an end of the process in its middle", "async () => process.exit(7)", [], 7, "error", /exit code 7/],
  ];
  for (const [what, body, kills, code, verdict, reason] of ends)
    it(`is written, with the exit code that it was: ${what}`, async () => {
      assert.equal(await run(body, kills), code);
      const report = written("report");
      assert.equal(report.exitCode, code);
      assert.equal(report.verdict, verdict);
      assert.match(report.reasons[0] ?? "", reason);
    });

  it("is none of an earlier check after SIGKILL", async () => {
    mkdirSync(join(folder, "report"));
    writeFileSync(join(folder, "report", "report.json"), "{}");
    await run("async (_, p) => { p.forgetEarlier(); await hang(); return 0; }", ["SIGKILL"]);
    assert.ok(!existsSync(join(folder, "report", "report.json")));
  });

  it("changes no exit code where it cannot be written", async () => {
    writeFileSync(join(folder, "report"), "a file");
    assert.equal(await run("async (_, p) => (p.write(example), 0)"), 0);
    assert.equal(await run('async () => { throw new ExitError(5, "No evaluation."); }'), 5);
  });

  it("changes no exit code, and waits for nothing, in a place that the system does not let be made", async function () {
    if (!existsSync("/proc/self")) return this.skip();
    const { code, stderr } = await command("check-stack", ["--report", "/proc/nope", "--outputs", "gone.json"], {
      cwd: folder,
    });
    assert.equal(code, 2);
    assert.match(stderr, /gone\.json cannot be read/);
  });

  it("is refused where the place is no folder, before anything is checked", async () => {
    writeFileSync(join(folder, "report"), "a file");
    assert.equal(await run("async (_, p) => { p.forgetEarlier(); await hang(); return 0; }"), 2);
  });

  it("is whole where nobody takes what is printed, and its disk is full", async function () {
    if (!existsSync("/dev/full")) return this.skip();
    const full = openSync("/dev/full", "w");
    try {
      assert.equal(
        await run("async (_, p) => { console.log(1); await pause(); p.write(example); return 0; }", [], full),
        0,
      );
    } finally {
      closeSync(full);
    }
    assert.equal(written("report").verdict, "pass");
  });

  const places: readonly (readonly [readonly string[], string])[] = [
    [[], ".local/report"],
    [["--report", "out"], "out"],
    [["--report=out", "--nonsense"], "out"],
    [["--nonsense", "value", "--report", "out"], "out"],
    [["--report"], ".local/report"],
    [["--report="], ".local/report"],
  ];
  for (const [args, place] of places)
    it(`goes to ${place} with ${args.join(" ") || "no option"}`, () => assert.equal(reportFolder([...args]), place));
});
