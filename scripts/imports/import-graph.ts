import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

/** One import, including an import of types only. */
export interface Import {
  /** The importing file, relative to the repository, such as `infra/stack-plan.ts`. */
  readonly from: string;
  /** The imported file, or the name of an imported package, such as `@pulumi/pulumi`. */
  readonly to: string;
}

/** Matches a line such as `   Imported via "./a.ts" from file 'infra/b.ts' with packageId '...'`. */
const importedVia = /^ +Imported via "([^"]+)" from file '([^']+)'/;

/**
 * Asks the compiler which file imports which.
 *
 * @param folder with a `tsconfig.json`
 * @throws Error if the compiler cannot be run
 */
export async function importGraph(folder: string): Promise<readonly Import[]> {
  const tsc = join(import.meta.dirname, "../../node_modules/.bin/tsc");
  const args = ["--noEmit", "--listFilesOnly", "--explainFiles", "--pretty", "false"];
  const { stdout } = await promisify(execFile)(tsc, args, { cwd: folder, maxBuffer: 2 ** 28 });
  const imports: Import[] = [];
  let file = "";
  for (const line of stdout.split("\n")) {
    const [, name = "", from = ""] = importedVia.exec(line) ?? [];
    if (!line.startsWith(" ")) file = line;
    else if (from !== "" && !isOfPackage(from)) imports.push({ from, to: isOfPackage(file) ? name : file });
  }
  return imports;
}

function isOfPackage(file: string): boolean {
  return file.includes("node_modules/");
}
