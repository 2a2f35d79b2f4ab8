import { execFile } from "node:child_process";
import { join } from "node:path";

/** One import, including an import of types only. */
export interface Import {
  /** The importing file, relative to the repository, such as `infra/stack-plan.ts`. */
  readonly from: string;
  /** The imported file, or the name of an imported package, such as `@pulumi/pulumi`. */
  readonly to: string;
}

export interface Compiled {
  /** The compiler's errors as it prints them. Empty if the types are right. */
  readonly errors: string;
  readonly imports: readonly Import[];
}

/** Matches a line such as `   Imported via "./a.ts" from file 'infra/b.ts' with packageId '...'`. */
const importedVia = /^ +Imported via "([^"]+)" from file '([^']+)'/;

/**
 * Checks the types of a project, and asks the compiler which file imports which.
 *
 * @param folder with a `tsconfig.json`
 * @throws Error if the compiler cannot be run
 */
export async function compile(folder: string): Promise<Compiled> {
  const lines = (await compilerOutput(folder)).split("\n");
  // The compiler first prints its errors, whose further lines are indented, and then explains each file.
  const end = lines.findIndex((line) => !line.startsWith(" ") && !line.includes("error TS"));
  return { errors: lines.slice(0, end).join("\n"), imports: importsIn(lines.slice(end)) };
}

function compilerOutput(folder: string): Promise<string> {
  const tsc = join(import.meta.dirname, "../../node_modules/.bin/tsc");
  const args = ["--noEmit", "--explainFiles", "--pretty", "false"];
  return new Promise((resolve, reject) => {
    execFile(tsc, args, { cwd: folder, maxBuffer: 2 ** 28 }, (error, stdout) => {
      // With type errors the compiler ends with the code 1 or 2.
      if (stdout === "" && error !== null) reject(error);
      else resolve(stdout);
    });
  });
}

function importsIn(lines: readonly string[]): readonly Import[] {
  const imports: Import[] = [];
  let file = "";
  for (const line of lines) {
    const [, name = "", from = ""] = importedVia.exec(line) ?? [];
    if (!line.startsWith(" ")) file = line;
    else if (from !== "" && !isOfPackage(from)) imports.push({ from, to: isOfPackage(file) ? name : file });
  }
  return imports;
}

function isOfPackage(file: string): boolean {
  return file.includes("node_modules/");
}
