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
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Report, reportSchema } from "../../../check/report/content/report.ts";
import { reportFiles, reportFolder } from "../../../check/report/report-files.mjs";
import { repository } from "../../../scripts/local-stack/folders.ts";
import { command } from "../../fresh-clone/command-line.ts";
import { playedOutputs } from "../faults/played-stack.ts";
import { exampleReport } from "./example-report.ts";

describe("the report", function () {
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

  /** The report of an earlier check. */
  function plantEarlier(): void {
    mkdirSync(join(folder, "report"));
    for (const name of Object.values(reportFiles)) writeFileSync(join(folder, "report", name), "earlier");
  }

  function isEarlier(): boolean {
    const texts = Object.values(reportFiles).map((name) => readFileSync(join(folder, "report", name), "utf8"));
    return texts.every((text) => text === "earlier");
  }

  describe("of check-stack", () => {
    const usage: readonly (readonly [string, readonly string[], readonly string[], RegExp])[] = [
      ["an unknown option", ["--report", "out", "--colour"], ["out"], /Unknown option '--colour'/],
      ["a missing outputs file", ["--outputs", "gone.json"], [".local", "report"], /gone\.json cannot be read/],
    ];
    for (const [what, args, place, reason] of usage)
      it(`is written into the right folder after wrong usage: ${what}`, async () => {
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

    it("stays in place after --help if an earlier check wrote it", async () => {
      plantEarlier();
      await command("check-stack", ["--help", "--report", "report"], { cwd: folder });
      assert.ok(isEarlier());
    });
  });

  /** Ends real processes while Node starts, while modules load, and while AWS does not answer. */
  describe("of check-stack, ended early", () => {
    const silent = createServer();
    const moments = [0, 20, 50, 100, 200, 400];
    before(() => new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve)));
    after(() => silent.close());

    /** Starts a check that AWS never answers, in a folder with the report of an earlier check. */
    function startCheck(): ReturnType<typeof spawn> {
      plantEarlier();
      writeFileSync(join(folder, "outputs.json"), JSON.stringify(playedOutputs));
      const env = {
        ...process.env,
        AWS_ENDPOINT_URL: `http://127.0.0.1:${(silent.address() as AddressInfo).port}`,
        ...{ AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "b" },
      };
      const launch = join(repository, "scripts", "launch.mjs");
      const args = [launch, "check-stack", "--outputs", "outputs.json", "--report", "report"];
      return spawn(process.execPath, args, { cwd: folder, env, stdio: "ignore" });
    }

    const ended = (child: ReturnType<typeof spawn>) =>
      new Promise<readonly [number | null, NodeJS.Signals | null]>((resolve) => {
        child.once("close", (code, signal) => resolve([code, signal]));
      });

    /** Waits until the launcher's first statements have installed the signal handlers and deleted the earlier report. */
    async function forgotten(): Promise<void> {
      while (existsSync(join(folder, "report", "report.json"))) await sleep(1);
    }

    function assertEndedBy(signal: NodeJS.Signals, code: number): void {
      const report = written("report");
      assert.equal(report.verdict, "error");
      assert.equal(report.exitCode, code);
      assert.deepEqual(report.reasons, [`The check was ended by ${signal}.`]);
    }

    for (const moment of moments)
      it(`describes the interrupted check, or the earlier one if the launcher did not run yet: SIGTERM ${moment} ms after the start`, async () => {
        const child = startCheck();
        const end = ended(child);
        await sleep(moment);
        child.kill("SIGTERM");
        const [code, signal] = await end;
        // Before the first statement, the signal itself ends the process, so there is no exit code.
        if (signal === null) assertEndedBy("SIGTERM", code ?? 0);
        else assert.ok(signal === "SIGTERM" && isEarlier(), `${signal}`);
      });

    const signals = [
      ["SIGTERM", 143, moments],
      ["SIGINT", 130, [0, 100, 400]],
      ["SIGHUP", 129, [20, 50, 200]],
    ] as const;
    for (const [signal, expected, at] of signals)
      for (const moment of at)
        it(`describes the interrupted check: ${signal} ${moment} ms after its first statement`, async () => {
          const child = startCheck();
          const end = ended(child);
          await forgotten();
          await sleep(moment);
          child.kill(signal);
          assert.deepEqual(await end, [expected, null]);
          assertEndedBy(signal, expected);
        });

    for (const moment of moments)
      it(`is absent, even the earlier one, after SIGKILL ${moment} ms after its first statement`, async () => {
        const child = startCheck();
        const end = ended(child);
        await forgotten();
        await sleep(moment);
        child.kill("SIGKILL");
        await end;
        assert.ok(!existsSync(join(folder, "report", "report.json")));
      });
  });

  /** Runs a program of one expression, `(signal, pending) => ...`, as a command that reports into `folder`. */
  function run(
    body: string,
    kills: readonly NodeJS.Signals[] = [],
    stdout: "pipe" | number = "pipe",
  ): Promise<number | null> {
    const file = join(folder, "program.mts");
    const from = (path: string) => JSON.stringify(join(repository, path));
    writeFileSync(
      file,
      `import { runCommand } from ${from("scripts/command/run-command.ts")};
       import { ExitError } from ${from("exit-code.ts")};
       import { reported } from ${from("check/report/reported.ts")};
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
      'async (signal, p) => { p.know({ pipeline: "crickets" }); hang(); await new Promise((_, no) => signal.addEventListener("abort", () => no(signal.reason))); return 0; }',
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
      "an unhandled rejection",
      'async () => { setTimeout(() => { throw new TypeError("no such thing"); }); await hang(); return 0; }',
      [],
      6,
      "error",
      /exit code 6/,
    ],
    ["a call of process.exit", "async () => process.exit(7)", [], 7, "error", /exit code 7/],
  ];
  for (const [what, body, kills, code, verdict, reason] of ends)
    it(`is written with the right exit code after ${what}`, async () => {
      assert.equal(await run(body, kills), code);
      const report = written("report");
      assert.equal(report.exitCode, code);
      assert.equal(report.verdict, verdict);
      assert.match(report.reasons[0] ?? "", reason);
    });

  it("does not change the exit code if it cannot be written", async () => {
    writeFileSync(join(folder, "report"), "a file");
    assert.equal(await run("async (_, p) => (p.write(example), 0)"), 0);
    assert.equal(await run('async () => { throw new ExitError(5, "No evaluation."); }'), 5);
  });

  it("does not change the exit code or delay the end if its folder cannot be created", async function () {
    if (!existsSync("/proc/self")) return this.skip();
    const { code, stderr } = await command("check-stack", ["--report", "/proc/nope", "--outputs", "gone.json"], {
      cwd: folder,
    });
    assert.equal(code, 2);
    assert.match(stderr, /gone\.json cannot be read/);
  });

  it("is rejected before the check if its path is not a folder", async () => {
    writeFileSync(join(folder, "report"), "a file");
    const { code, stdout, stderr } = await command("check-stack", ["--report", "report"], { cwd: folder });
    assert.equal(code, 2);
    assert.equal(stdout, "");
    assert.equal(stderr, "--report report is not a folder for a report (ENOTDIR): give another one.\n");
  });

  it("is complete even if standard output has no room", async function () {
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
    it(`goes to ${place} with ${args.join(" ") || "no option"}`, () => assert.equal(reportFolder(args), place));
});
