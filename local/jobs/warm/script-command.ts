import { realpathSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import type { LocalImage } from "../images/local-image.ts";

/** A command that runs one Python file. */
export interface ScriptCommand {
  /** The program as the command names it, such as `python3`. */
  readonly program: string;
  /** The path of the program. */
  readonly executable: string;
  readonly options: readonly string[];
  /** The script, as an absolute path, and its arguments. */
  readonly arguments: readonly string[];
}

type Image = Pick<LocalImage, "python" | "bin">;

/** Parses `python3 [-u] /path/of/script.py argument...` with the image's own Python; undefined for every other command. */
export function scriptCommand([program = "", ...rest]: readonly string[], image: Image): ScriptCommand | undefined {
  const executable = program.includes("/") ? program : join(image.bin, program);
  if (!isPythonOf(image, executable)) return undefined;
  const options = rest[0] === "-u" ? ["-u"] : [];
  const [script = "", ...others] = rest.slice(options.length);
  if (!isAbsolute(script) || !script.endsWith(".py")) return undefined;
  return { program, executable, options, arguments: [script, ...others] };
}

/** Tells whether a path is that of the image's Python, by any of its names. */
function isPythonOf({ python, bin }: Image, executable: string): boolean {
  if (executable === python) return true;
  if (!["python", "python3"].some((name) => join(bin, name) === executable)) return false;
  try {
    return realpathSync(executable) === realpathSync(python);
  } catch {
    return false;
  }
}
