import { csvRows } from "./csv-rows.ts";

/** A table whose header and cells are texts. */
export interface Table {
  readonly names: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A fifth of the rows are test rows, and the gates of the templates need 20 of them. */
const fewestRows = 120;

/** Tells whether a cell is a decimal number, as the scripts of the templates read it. */
export function isNumber(cell: string): boolean {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(cell);
}

/** Returns the first problem of a table that makes it useless for training, as one sentence, or undefined. */
function tableProblem({ names, rows }: Table): string | undefined {
  const [only = ""] = names;
  if (names.length === 1 && /[;\t]/.test(only)) return "its columns are not separated by commas; convert it";
  const numbers = names.filter(isNumber);
  if (numbers.length > 0) return `its first row has the number ${numbers[0]}; begin the file with the columns' names`;
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) return `two columns have the name ${JSON.stringify(twice)}; rename one of them`;
  const index = rows.findIndex((row) => row.length !== names.length);
  if (index >= 0)
    return `its row ${index + 1} below the header has ${rows[index]?.length} cells and the header has ${names.length}; correct the row`;
  return rows.length < fewestRows ? `it has ${rows.length} rows; give at least ${fewestRows}` : undefined;
}

/** Parses a CSV file whose first row has the columns' names. @throws Error that says what is wrong with the file */
export function parseTable(text: string): Table {
  const [names = [], ...rows] = csvRows(text);
  const problem = tableProblem({ names, rows });
  if (problem !== undefined) throw new Error(problem);
  return { names, rows };
}
