import { realpathSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import type { LocalImage } from "../images/images.ts";

/** A command that runs one Python file. */
export interface ScriptCommand {
  /** As the command names it: `python3`. */
  readonly program: string;
  /** Where that is. */
  readonly executable: string;
  readonly options: readonly string[];
  /** The script, as an absolute path, and its arguments. */
  readonly arguments: readonly string[];
}

type Image = Pick<LocalImage, "python" | "bin">;

/** `python3 [-u] /path/of/script.py argument...` by the image's own Python; undefined for every other command. */
export function scriptCommand([program = "", ...rest]: readonly string[], image: Image): ScriptCommand | undefined {
  const executable = program.includes("/") ? program : join(image.bin, program);
  if (!isPythonOf(image, executable)) return undefined;
  const options = rest[0] === "-u" ? ["-u"] : [];
  const [script = "", ...others] = rest.slice(options.length);
  if (!isAbsolute(script) || !script.endsWith(".py")) return undefined;
  return { program, executable, options, arguments: [script, ...others] };
}

/** Whether it is the image's Python by this or another of its names in the image. */
function isPythonOf({ python, bin }: Image, executable: string): boolean {
  if (executable === python) return true;
  if (!["python", "python3"].some((name) => join(bin, name) === executable)) return false;
  try {
    return realpathSync(executable) === realpathSync(python);
  } catch {
    return false;
  }
}
