import { writeFileSync } from "node:fs";
import { driftReport } from "../check/drift/drift-report.ts";
import { parsePreview } from "../check/preview/preview-digest.ts";
import { ExitError, exitCode } from "../exit-code.ts";
import { inputText } from "./command/input-text.ts";
import { parseOptions } from "./command/options.ts";
import { runCommand } from "./command/run-command.ts";

const help = `
Says how a stack in AWS differs from the code. Compares the definitions of pipelines by their meaning, because AWS reformats them.

  pulumi preview --refresh --json --stack dev > preview.json
  npm run -s drift-report -- --preview preview.json

  --preview FILE   the output of pulumi preview --refresh --json (- for standard input)
  --output FILE    also writes the differences as JSON for drift-issue, with nothing but what an issue shows

Exit code: 0 also if there is drift, 2 usage or a failed preview.
`;

await runCommand(async () => {
  const { preview, output } = parseOptions(help, { preview: { type: "string" }, output: { type: "string" } });
  if (preview === undefined)
    throw new ExitError(exitCode.usage, "--preview is missing; give the output of pulumi preview --refresh --json.");
  const report = driftReport(parsePreview(inputText("preview", preview)));
  if (output !== undefined) writeFileSync(output, JSON.stringify(report));
  console.log(report.differences === 0 ? `The stack ${report.stack} is what the code says.` : report.text.trimEnd());
  return exitCode.pass;
});
