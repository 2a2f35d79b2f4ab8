import { evaluationJsonSchema } from "../check/gate/evaluation-schema.ts";
import { exitCode } from "../exit-code.ts";
import { parseOptions } from "./command/options.ts";
import { runCommand } from "./command/run-command.ts";

const help = `
Prints the JSON Schema of evaluation.json, which the evaluation script of a pipeline writes.

  npm run -s evaluation-schema > check/gate/evaluation.schema.json
`;

await runCommand(async () => {
  parseOptions(help, {});
  process.stdout.write(`${JSON.stringify(evaluationJsonSchema(), null, 2)}\n`);
  return exitCode.pass;
});
