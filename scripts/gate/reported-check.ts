import { relative } from "node:path";
import { ExitError } from "../command/exit-code.ts";
import { type Report, writeReport } from "../report/report.ts";
import { terminalReport } from "../report/terminal.ts";
import { type CheckOptions, checkStack } from "./check-stack.ts";

/**
 * Runs the stack check and reports it, on the terminal and as `report.json` in `folder`, whatever its end.
 *
 * @returns the check's exit code
 */
export async function reportedCheck(options: CheckOptions, folder: string): Promise<number> {
  let arn: string | undefined;
  const report = await checkStack({ ...options, onStarted: (started) => (arn = started) }).catch(
    (error: unknown): Report => {
      if (!(error instanceof ExitError)) throw error;
      return {
        version: 1,
        verdict: "error",
        exitCode: error.code,
        reasons: error.message.split("\n"),
        pipeline: options.pipeline.name,
        ...(arn === undefined ? {} : { execution: { arn } }),
      };
    },
  );
  options.print(terminalReport(report, process.stdout.isTTY));
  options.print(`  report             ${await written(folder, report)}`);
  return report.exitCode;
}

/** Where the report is; a disk that takes no more does not change the verdict. */
async function written(folder: string, report: Report): Promise<string> {
  try {
    return relative(process.cwd(), await writeReport(folder, report));
  } catch (error) {
    return `not written: ${(error as Error).message}`;
  }
}
