import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { ExitError } from "../exit-code.ts";
import { mochaArguments } from "./testing/mocha-arguments.ts";
import { testFiles } from "./testing/test-files.ts";

const help = `
Runs every test, or the tests of the given folders and files.

  npm test -- [FOLDER or FILE or GLOB ...] [mocha's options]
  npm test -- language local/endpoint.test.ts --grep refuses
`;

/** At least two test files run at a time, because they wait for other processes more than they compute. */
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
