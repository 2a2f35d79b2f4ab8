import { execFile } from "node:child_process";
import { join } from "node:path";
import { parseOptions } from "./command/options.ts";
import { runCommand } from "./command/run-command.ts";
import { compile } from "./imports/compile.ts";
import { importProblems } from "./imports/import-problems.ts";
import { repository } from "./local-stack/folders.ts";

const help = `
Checks the sources: types, lint, format, and the imports between folders (scripts/imports/layers.ts). Exits with 1 if there
is a problem.

  npm run check      # or npm run format, which is npm run check -- --write

  --write  formats the files and sorts their imports instead
`;

/** Runs a tool of node_modules. Returns its output if it failed, otherwise an empty text. */
function failureOf(tool: string, ...args: readonly string[]): Promise<string> {
  const path = join(repository, "node_modules/.bin", tool);
  return new Promise((resolve) => {
    execFile(path, args, { cwd: repository, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      resolve(error === null ? "" : `${stdout}${stderr}` || error.message);
    });
  });
}

async function problems(): Promise<readonly string[]> {
  const [{ errors, imports }, lint] = await Promise.all([
    compile(repository),
    failureOf("biome", "check", "--colors=off", "."),
  ]);
  return [errors, lint, importProblems(imports).join("\n")];
}

await runCommand(async () => {
  const { write } = parseOptions(help, { write: { type: "boolean" } });
  const texts = write ? [await failureOf("biome", "check", "--write", "--colors=off", ".")] : await problems();
  const printed = texts.filter((text) => text !== "").map((text) => `${text.trimEnd()}\n`);
  process.stdout.write(printed.join(""));
  return printed.length === 0 ? 0 : 1;
});
