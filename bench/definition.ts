import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { localFolder, repository } from "../scripts/local-stack/folders.ts";
import { type Figure, figure, median, output, time } from "./figure.ts";
import { pythonWithSdk } from "./python-sdk.ts";

const abalone = ["--import", "tsx", "scripts/get-pipeline-definition.ts", "--pipeline", "abalone"];
const python = (name: string) => join(repository, "bench", "python-sdk", name);

/** Median of the seconds that a program prints for `count` steps. */
function secondsFor(runs: number, count: number, command: string, ...args: readonly string[]): number {
  const printed = Array.from({ length: runs }, () => output(repository, command, ...args, String(count)));
  return median(printed.map((text) => Number(/^([\d.]+) \d+$/m.exec(text)?.[1])));
}

/** The definition's process against one that loads TypeScript and does nothing. */
function againstNothing(): readonly Figure[] {
  const folder = mkdtempSync(join(localFolder, "bench-"));
  try {
    const empty = join(folder, "empty.ts");
    writeFileSync(empty, "export {};\n");
    const nothing = time(7, repository, process.execPath, "--import", "tsx", empty);
    const whole = time(7, repository, process.execPath, ...abalone);
    return [figure("get-pipeline-definition", whole, "an empty script", nothing)];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Thousands of steps: whether the time grows as their number does. */
function manySteps(): readonly Figure[] {
  const program = ["--import", "tsx", "bench/processing-steps.ts"];
  const seconds = (count: number) => secondsFor(5, count, process.execPath, ...program);
  const [few, many] = [seconds(2500), seconds(5000)];
  return [figure("5,000 steps built, checked, rendered", many, "2,500 steps (linear: 2)", few)];
}

/** The same against the SageMaker Python SDK, where it is installed. */
function againstPython(): readonly Figure[] {
  const sdk = pythonWithSdk();
  if (sdk === undefined) {
    console.log(
      "skipped: the comparison with the SageMaker Python SDK 2, which this Python does not have; " +
        "pip install 'sagemaker<3' and set SAGEMAKER_SDK_PYTHON to that Python",
    );
    return [];
  }
  const against = `the Python SDK ${sdk.version}`;
  const whole = time(5, repository, sdk.python, python("abalone.py"));
  const steps = secondsFor(3, 5000, sdk.python, python("processing_steps.py"));
  const program = ["--import", "tsx", "bench/processing-steps.ts"];
  return [
    figure("abalone's definition, whole process", time(7, repository, process.execPath, ...abalone), against, whole),
    figure(
      "5,000 steps built, checked, rendered",
      secondsFor(5, 5000, process.execPath, ...program),
      `${against} (imports left out of both)`,
      steps,
    ),
  ];
}

/** What an editor waits for: the types of the pipelines alone. */
function typeCheck(): readonly Figure[] {
  const folder = mkdtempSync(join(localFolder, "bench-"));
  try {
    const compilerOptions = { types: ["node"] };
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({
        extends: "../../tsconfig.json",
        compilerOptions,
        include: ["../../pipelines", "../../language"],
      }),
    );
    const tsc = join(repository, "node_modules", ".bin", "tsc");
    const alone = time(5, repository, tsc, "-p", folder);
    return [figure("types of pipelines/ alone", alone, "types of everything", time(3, repository, tsc, "--noEmit"))];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** How long it takes to write a definition, and to check one while it is written. */
export function definition(): readonly Figure[] {
  return [...againstNothing(), ...manySteps(), ...againstPython(), ...typeCheck()];
}
