import { writeFileSync } from "node:fs";
import { z } from "zod";
import { type ModelChange, modelChangeSchema } from "../check/change/model-change.ts";
import { parsePolicyViolations, violationText } from "../check/preview/policy-violations.ts";
import { pullRequestComment } from "../check/preview/preview-comment.ts";
import { parsePreview } from "../check/preview/preview-digest.ts";
import { type PreviewPart, previewPart, previewPartSchema } from "../check/preview/preview-part.ts";
import { ExitError, exitCode } from "../exit-code.ts";
import { inputText } from "./command/input-text.ts";
import { parseOptions } from "./command/options.ts";
import { runCommand } from "./command/run-command.ts";

const help = `
Prints what a pull request changes as Markdown for a comment: first the verdict, then the changes of the stack, the data that
would be lost, the permissions of the roles, the differences in each pipeline's definition, the cost of an execution, and what
the change does to the model. Needs no AWS, no credentials, no network.

  export PULUMI_DEBUG_COMMANDS=true   # makes Pulumi accept --event-log
  pulumi preview --stack dev --policy-pack policy --json --event-log events.jsonl > preview.json
  npm run -s preview-comment -- --preview preview.json --events events.jsonl --output comment.md

  --preview FILE   the output of pulumi preview --json (- for standard input)
  --events FILE    the file of --event-log, which has the rejections of the policy pack
  --model FILE     the model-change.json of check-change
  --reports LINK   where the reports with the pictures are: a URL, such as the one of the workflow's run
  --output FILE    writes the comment to this file instead of standard output, which then gets the rejections only
  --as-part        writes the preview's part as JSON instead, with nothing but what the comment shows, for another job
  --part FILE      that JSON, in place of --preview and --events
`;

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ExitError(exitCode.usage, `--output ${file} cannot be written (${code}); give another file.`);
  }
}

/** Reads a JSON file that another job wrote. */
function parsed<T>(option: string, file: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(inputText(option, file)));
  } catch (error) {
    if (error instanceof ExitError) throw error;
    const [issue] = error instanceof z.ZodError ? error.issues : [];
    const why = issue === undefined ? "it is no JSON" : `${issue.path.join(".")}: ${issue.message}`;
    throw new ExitError(
      exitCode.usage,
      `--${option} ${file} cannot be read (${why}); give the file of the same commit.`,
    );
  }
}

function reportsText(link: string | undefined): string | undefined {
  if (link === undefined) return undefined;
  if (/^https:\/\/[\w.:/-]+$/.test(link)) return `in the [artifacts of the run](${link})`;
  throw new ExitError(exitCode.usage, `--reports takes an https address, not "${link}".`);
}

await runCommand(async () => {
  const options = parseOptions(help, {
    preview: { type: "string" },
    events: { type: "string" },
    model: { type: "string" },
    reports: { type: "string" },
    output: { type: "string" },
    "as-part": { type: "boolean" },
    part: { type: "string" },
  });
  const { preview, events, output, part: partFile } = options;
  // A workflow gives --reports even if no job before it has a result; the comment then says so.
  if ([preview, partFile, options.model, options.reports].every((option) => option === undefined))
    throw new ExitError(
      exitCode.usage,
      "--preview is missing; give the file with the output of pulumi preview --json.",
    );
  const model: ModelChange | undefined =
    options.model === undefined ? undefined : parsed("model", options.model, modelChangeSchema);
  const digest = preview === undefined ? undefined : parsePreview(inputText("preview", preview));
  const violations = events === undefined ? [] : parsePolicyViolations(inputText("events", events));
  const part: PreviewPart | undefined =
    digest !== undefined
      ? previewPart(digest, violations)
      : partFile === undefined
        ? undefined
        : parsed("part", partFile, previewPartSchema);
  const text =
    options["as-part"] === true
      ? `${JSON.stringify(part, null, 2)}\n`
      : pullRequestComment({ preview: part, model, reports: reportsText(options.reports) });
  if (output === undefined) process.stdout.write(text);
  else {
    write(output, text);
    if (violations.length > 0) process.stdout.write(`${violationText(violations)}\n`);
  }
  return exitCode.pass;
});
