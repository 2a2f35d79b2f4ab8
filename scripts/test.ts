import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { ExitError } from "../exit-code.ts";
import { mochaArguments } from "./testing/mocha-arguments.ts";
import { testFiles } from "./testing/test-files.ts";

const help = `
Runs every test, or those of the folders and files that are named.

  npm test -- [FOLDER or FILE or GLOB ...] [mocha's options]
  npm test -- language local/endpoint.test.ts --grep refuses
`;

/** Test files wait for other processes more than they compute: two at a time, or as many as there are cores. */
const jobs = Math.min(4, Math.max(2, availableParallelism()));

const { places, options } = mochaArguments(process.argv.slice(2));
if (options.includes("--help") || options.includes("-h")) process.stdout.write(`${help.trim()}\n\n`);
try {
  const files = (places.length === 0 ? ["."] : places).flatMap(testFiles);
  const parallel = files.length > jobs ? ["--parallel", "--jobs", String(jobs)] : [];
  const mocha = import.meta.resolve("mocha/bin/mocha.js");
  process.argv = [process.execPath, fileURLToPath(mocha), ...parallel, ...options, ...new Set(files)];
  await import(mocha);
} catch (error) {
  if (!(error instanceof ExitError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(error.code);
}
