import { readFileSync } from "node:fs";
import { ExitError, exitCode } from "./exit-code.ts";

/**
 * The text of the file that an option names, or of standard input for `-`.
 *
 * @throws ExitError (2) if it cannot be read
 */
export function inputText(option: string, file: string): string {
  try {
    // Some editors of other systems put a byte order mark in front.
    return readFileSync(file === "-" ? 0 : file, "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ExitError(
      exitCode.usage,
      `--${option} ${file} cannot be read (${code}); give a file, or - for standard input.`,
    );
  }
}
