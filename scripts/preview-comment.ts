import { writeFileSync } from "node:fs";
import { parsePolicyViolations, violationText } from "../check/preview/policy-violations.ts";
import { previewComment } from "../check/preview/preview-comment.ts";
import { parsePreview } from "../check/preview/preview-digest.ts";
import { ExitError, exitCode } from "../exit-code.ts";
import { inputText } from "./command/input-text.ts";
import { parseOptions } from "./command/options.ts";
import { runCommand } from "./command/run-command.ts";

const help = `
Prints the result of pulumi preview as Markdown for a comment on a pull request: the changes, the data that would be lost,
what the policy pack rejects, and the differences in each pipeline's definition. Needs no AWS, no credentials, no network.

  export PULUMI_DEBUG_COMMANDS=true   # makes Pulumi accept --event-log
  pulumi preview --stack dev --policy-pack policy --json --event-log events.jsonl > preview.json
  npm run -s preview-comment -- --preview preview.json --events events.jsonl --output comment.md

  --preview FILE   the output of pulumi preview --json (- for standard input)
  --events FILE    the file of --event-log, which has the rejections of the policy pack
  --output FILE    writes the comment to this file instead of standard output, which then gets the rejections only
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
  const { preview, events, output } = parseOptions(help, {
    preview: { type: "string" },
    events: { type: "string" },
    output: { type: "string" },
  });
  if (preview === undefined)
    throw new ExitError(
      exitCode.usage,
      "--preview is missing; give the file with the output of pulumi preview --json.",
    );
  const digest = parsePreview(inputText("preview", preview));
  const violations = events === undefined ? [] : parsePolicyViolations(inputText("events", events));
  const comment = previewComment(digest, violations);
  if (output === undefined) process.stdout.write(comment);
  else {
    write(output, comment);
    if (violations.length > 0) process.stdout.write(`${violationText(violations)}\n`);
  }
  return exitCode.pass;
});
