import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { localFolder, repository } from "../scripts/local-stack/folders.ts";
import { type Measurement, measurement, median, outputOf, time } from "./measurement.ts";
import { pythonWithSdk } from "./python-sdk.ts";

const abalone = ["--import", "tsx", "scripts/get-pipeline-definition.ts", "--pipeline", "abalone"];
const python = (name: string) => join(repository, "bench", "python-sdk", name);

/** Returns the median of the seconds that a program prints for `count` steps. */
function secondsFor(runs: number, count: number, command: string, ...args: readonly string[]): number {
  const printed = Array.from({ length: runs }, () => outputOf(repository, command, ...args, String(count)));
  return median(printed.map((text) => Number(/^([\d.]+) \d+$/m.exec(text)?.[1])));
}

/** Compares `get-pipeline-definition` with a script that loads TypeScript and does nothing. */
function againstNothing(): readonly Measurement[] {
  const folder = mkdtempSync(join(localFolder, "bench-"));
  try {
    const empty = join(folder, "empty.ts");
    writeFileSync(empty, "export {};\n");
    const nothing = time(7, repository, process.execPath, "--import", "tsx", empty);
    const whole = time(7, repository, process.execPath, ...abalone);
    return [measurement("get-pipeline-definition", whole, "an empty script", nothing)];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Compares 5,000 steps with 2,500 steps, to show whether the time grows linearly. */
function manySteps(): readonly Measurement[] {
  const program = ["--import", "tsx", "bench/processing-steps.ts"];
  const seconds = (count: number) => secondsFor(5, count, process.execPath, ...program);
  const [few, many] = [seconds(2500), seconds(5000)];
  return [measurement("5,000 steps built, checked, rendered", many, "2,500 steps (linear: 2)", few)];
}

/** Compares with the SageMaker Python SDK if it is installed. */
function againstPython(): readonly Measurement[] {
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
    measurement(
      "abalone's definition, whole process",
      time(7, repository, process.execPath, ...abalone),
      against,
      whole,
    ),
    measurement(
      "5,000 steps built, checked, rendered",
      secondsFor(5, 5000, process.execPath, ...program),
      `${against} (imports left out of both)`,
      steps,
    ),
  ];
}

/** Measures the type check of `pipelines/` alone, which is the time that an editor waits. */
function typeCheck(): readonly Measurement[] {
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
    return [
      measurement("types of pipelines/ alone", alone, "types of everything", time(3, repository, tsc, "--noEmit")),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Measures how long it takes to render a definition and to check its types. */
export function measureDefinition(): readonly Measurement[] {
  return [...againstNothing(), ...manySteps(), ...againstPython(), ...typeCheck()];
}
