import { reportJsonSchema } from "../check/report/content/report.ts";
import { exitCode } from "../exit-code.ts";
import { parseOptions } from "./command/options.ts";
import { runCommand } from "./command/run-command.ts";

const help = `
Prints the JSON Schema of report.json, which the stack check writes.

  npm run -s report-schema > check/report/content/report.schema.json
`;

await runCommand(async () => {
  parseOptions(help, {});
  process.stdout.write(`${JSON.stringify(reportJsonSchema(), null, 2)}\n`);
  return exitCode.pass;
});
