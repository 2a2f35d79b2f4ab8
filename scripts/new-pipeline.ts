import { readFileSync } from "node:fs";
import { ExitError, exitCode } from "../exit-code.ts";
import { oneLine } from "../service-model/one-line.ts";
import { parseOptionsAndNames } from "./command/options.ts";
import { runCommand } from "./command/run-command.ts";
import { repository } from "./local-stack/folders.ts";
import { copyTemplate, type OwnData } from "./template/copy-template.ts";
import { describeData, type Kind, kinds } from "./template/described-data.ts";
import { newNameProblem } from "./template/new-name.ts";
import { parseTable } from "./template/table.ts";

const help = `
Creates a pipeline that trains, checks and registers a model: the folder pipelines/NAME, and its tests in
tests/pipelines/NAME. It begins with sample data, or with your own.

  npm run new-pipeline -- NAME
  npm run new-pipeline -- NAME --kind classification --data FILE.csv --label COLUMN

  --kind KIND     regression (the default) predicts a number with XGBoost; classification predicts a class with the better
                  one of XGBoost and a scikit-learn model
  --data FILE     your data instead of the sample data: CSV in UTF-8 whose first row has the columns' names
  --label COLUMN  the column to predict; needed with --data
`;

/** The most bytes of data in a pipeline's folder, because the folder belongs into Git. */
const mostBytes = 20_000_000;

function usage(message: string): ExitError {
  return new ExitError(exitCode.usage, message);
}

function kindOf(given: string): Kind {
  const kind = kinds.find((each) => each === given);
  if (kind === undefined) throw usage(`--kind is ${JSON.stringify(given)}; give ${kinds.join(" or ")}.`);
  return kind;
}

function readData(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw usage(`--data ${oneLine(file)} cannot be read (${code}); give a CSV file.`);
  }
}

/** Reads and describes the user's data. @throws ExitError (2) that says what is wrong with it */
function ownData(kind: Kind, file: string | undefined, label: string | undefined): OwnData | undefined {
  if (file === undefined && label === undefined) return undefined;
  if (file === undefined) throw usage("--label is given without --data; give the CSV file, too.");
  if (label === undefined) throw usage("--data is given without --label; give the column to predict, too.");
  const content = readData(file);
  const problem = (text: string) => usage(`--data ${oneLine(file)}: ${oneLine(text)}.`);
  if (content.length > mostBytes)
    throw problem(
      `it has ${Math.round(content.length / 1e6)} MB, which is too much for a folder in Git; give at most ${mostBytes / 1e6} MB of its rows, and later all rows with npm start -- --file`,
    );
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(content);
    return { content, described: describeData(kind, label, parseTable(text)) };
  } catch (error) {
    throw problem(error instanceof TypeError ? "it is not a text in UTF-8; convert it" : (error as Error).message);
  }
}

await runCommand(async () => {
  const { options, names } = parseOptionsAndNames(help, {
    kind: { type: "string", default: "regression" },
    data: { type: "string" },
    label: { type: "string" },
  });
  const [name, ...others] = names;
  if (name === undefined) throw usage("The name is missing: npm run new-pipeline -- NAME.");
  if (others.length > 0) throw usage(`Give one name, not ${names.length}: ${oneLine(names.join(" "))}.`);
  const kind = kindOf(options.kind);
  const problem = newNameProblem(name, repository);
  if (problem !== undefined) throw usage(`${problem}.`);
  const own = ownData(kind, options.data, options.label);
  copyTemplate(kind, name, own);
  const ignored = own?.described.ignored ?? [];
  if (ignored.length > 0)
    console.log(
      `Columns that the model does not get, as they have no name or too many different texts: ${ignored.map((column) => JSON.stringify(column)).join(", ")}`,
    );
  console.log(`Created pipelines/${name} and tests/pipelines/${name}. Its README.md explains each file. Next:

  npm start -- --pipeline ${name}
  npm test -- pipelines/${name}`);
  return exitCode.pass;
});
