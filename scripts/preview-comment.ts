import { writeFileSync } from "node:fs";
import { previewComment } from "../check/preview/preview-comment.ts";
import { parsePreview } from "../check/preview/preview-digest.ts";
import { ExitError, exitCode } from "../exit-code.ts";
import { inputText } from "./command/input-text.ts";
import { parseOptions } from "./command/options.ts";
import { runCommand } from "./command/run-command.ts";

const help = `
Prints the result of pulumi preview as Markdown for a comment on a pull request: the changes, the data that would be lost,
and the differences in each pipeline's definition. Needs no AWS, no credentials, no network.

  pulumi preview --stack dev --json > preview.json
  npm run -s preview-comment -- --preview preview.json --output comment.md

  --preview FILE   the output of pulumi preview --json (- for standard input)
  --output FILE    writes the comment to this file instead of standard output
`;

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ExitError(exitCode.usage, `--output ${file} cannot be written (${code}); give another file.`);
  }
}

await runCommand(async () => {
  const { preview, output } = parseOptions(help, { preview: { type: "string" }, output: { type: "string" } });
  if (preview === undefined)
    throw new ExitError(
      exitCode.usage,
      "--preview is missing; give the file with the output of pulumi preview --json.",
    );
  const comment = previewComment(parsePreview(inputText("preview", preview)));
  if (output === undefined) process.stdout.write(comment);
  else write(output, comment);
  return exitCode.pass;
});
