import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const repository = fileURLToPath(new URL("../../", import.meta.url));

/** Compiles the project in `folder` and returns the compiler's messages by file name. */
export function compile(folder: string): ReadonlyMap<string, string> {
  const tsc = join(repository, "node_modules", ".bin", "tsc");
  let output = "";
  try {
    output = execFileSync(tsc, ["-p", folder, "--pretty", "false"], { cwd: folder, encoding: "utf8" });
  } catch (error) {
    output = (error as { stdout: string }).stdout;
  }
  const byFile = new Map<string, string>();
  let file = "";
  for (const line of output.split("\n")) {
    file = /^([^\s(]+)\(/.exec(line)?.[1]?.split("/").at(-1) ?? file;
    byFile.set(file, `${byFile.get(file) ?? ""}${line}\n`);
  }
  return byFile;
}
