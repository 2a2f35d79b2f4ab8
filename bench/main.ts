/**
 * `npm run bench`: how long the everyday commands take, as ratios against something in the same run, since machines
 * differ. Each figure is the median of several runs of a whole process.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { localFolder, repository } from "../scripts/local-stack/folders.ts";
import { FreshClone } from "../tests/fresh-clone.ts";

interface Figure {
  readonly what: string;
  readonly seconds: number;
  readonly ratio: number;
  readonly against: string;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Median wall time of a command, in seconds. Throws if the command fails. */
function time(runs: number, folder: string, command: string, ...args: readonly string[]): number {
  const seconds = Array.from({ length: runs }, () => {
    const began = performance.now();
    const { status, stderr } = spawnSync(command, args, { cwd: folder, encoding: "utf8" });
    if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${status}: ${stderr}`);
    return (performance.now() - began) / 1000;
  });
  return median(seconds);
}

/** The definition's process against one that loads TypeScript and does nothing. */
function definition(): readonly Figure[] {
  const folder = mkdtempSync(join(localFolder, "bench-"));
  try {
    const empty = join(folder, "empty.ts");
    writeFileSync(empty, "export {};\n");
    const nothing = time(7, repository, process.execPath, "--import", "tsx", empty);
    const script = ["--import", "tsx", "scripts/get-pipeline-definition.ts", "--pipeline", "abalone"];
    const whole = time(7, repository, process.execPath, ...script);
    return [{ what: "get-pipeline-definition", seconds: whole, ratio: whole / nothing, against: "an empty script" }];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** `npm start` with nothing and with something changed, against one that starts over. */
async function start(): Promise<readonly Figure[]> {
  const clone = await FreshClone.make();
  try {
    const run = (runs: number, ...args: readonly string[]) => time(runs, clone.folder, "npm", "start", "--", ...args);
    const first = run(3, "--reset");
    const figure = (what: string, seconds: number) => ({
      what,
      seconds,
      ratio: seconds / first,
      against: "npm start -- --reset",
    });
    run(1);
    const warm = figure("npm start, nothing changed", run(5));
    clone.edit("pipelines/abalone/evaluate.py", "SCHEMA_VERSION = 1", "SCHEMA_VERSION = 1  # the same");
    const evaluate = figure("npm start, evaluate.py changed", run(1));
    clone.edit("pipelines/abalone/preprocess.py", "MOST_PROBLEMS = 10", "MOST_PROBLEMS = 11");
    return [warm, evaluate, figure("npm start, preprocess.py changed", run(1))];
  } finally {
    clone.remove();
  }
}

for (const { what, seconds, ratio, against } of [...definition(), ...(await start())])
  console.log(`${what.padEnd(34)} ${seconds.toFixed(2).padStart(6)} s   ${ratio.toFixed(2)} x ${against}`);
