import { isNumber, type Table } from "./table.ts";

/** The kinds of model that the command makes a pipeline for. */
export const kinds = ["regression", "classification"] as const;
export type Kind = (typeof kinds)[number];

/** The content of a pipeline's data.json, which says what each column of its data holds. */
export interface DescribedData {
  readonly label: string;
  /** The values of the label of a classification. */
  readonly classes?: readonly string[];
  /** For each column that the model gets: `number`, or the texts that the column may have. */
  readonly features: Readonly<Record<string, "number" | readonly string[]>>;
  readonly ignored: readonly string[];
  /** The metric of a model that knows only the labels' distribution. A worse model is never registered. */
  readonly ceiling: number;
}

/** The cells that the scripts of the templates read as missing values, in lower case. */
const missing = new Set(["", "na", "n/a", "nan", "null", "none", "?"]);

function isMissing(cell: string): boolean {
  return missing.has(cell.toLowerCase());
}

/** Each text becomes a column of the model. With more texts, a column is more likely a name or a comment. */
const mostTexts = 50;
const mostClasses = 50;

/** Returns the different texts, numbers in their order. */
function different(cells: readonly string[]): readonly string[] {
  const texts = [...new Set(cells)];
  const compare = texts.every(isNumber)
    ? (a: string, b: string) => Number(a) - Number(b)
    : (a: string, b: string) => (a < b ? -1 : 1);
  return texts.sort(compare);
}

function labelProblem(kind: Kind, label: string, cells: readonly string[]): string | undefined {
  // A class may have the name "none".
  const empty = cells.filter((cell) => (kind === "regression" ? isMissing(cell) : cell === "")).length;
  if (empty > 0) return `${empty} rows have no ${label}; remove them, because a model cannot learn from them`;
  const values = different(cells);
  if (values.length < 2) return `every row has the ${label} ${values[0]}; give data with different labels`;
  const text = values.find((value) => !isNumber(value));
  if (kind === "regression" && text !== undefined)
    return `the ${label} ${JSON.stringify(text)} is not a number; add --kind classification, or correct it`;
  if (kind === "classification" && values.length > mostClasses)
    return `${label} has ${values.length} different values; a classification has at most ${mostClasses}, so use --kind regression or another label`;
  return undefined;
}

/** Rounds up to three digits. */
function roundedUp(value: number): number {
  const unit = 10 ** (Math.floor(Math.log10(value)) - 2);
  return Number((Math.ceil(value / unit) * unit).toPrecision(3));
}

/** Returns the variance of the labels, which is the MSE of a model that always predicts their mean. */
function variance(labels: readonly number[]): number {
  const mean = labels.reduce((sum, label) => sum + label, 0) / labels.length;
  return labels.reduce((sum, label) => sum + (label - mean) ** 2, 0) / labels.length;
}

/** Returns the entropy of the labels, which is the log loss of a model that always predicts the frequency of each class. */
function entropy(labels: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts.values()].reduce(
    (sum, count) => sum - (count / labels.length) * Math.log(count / labels.length),
    0,
  );
}

/** Returns what a column holds, or undefined if the model cannot use it: it has no name, or too many different texts. */
function kindOf(name: string, cells: readonly string[]): "number" | readonly string[] | undefined {
  const present = cells.filter((cell) => !isMissing(cell));
  if (present.every(isNumber)) return name === "" ? undefined : "number";
  const texts = different(present);
  return name === "" || texts.length > mostTexts ? undefined : texts;
}

/**
 * Describes the data of a new pipeline by the cells of its columns.
 *
 * @throws Error that says why the table has no such label
 */
export function describeData(kind: Kind, label: string, { names, rows }: Table): DescribedData {
  if (!names.includes(label))
    throw new Error(`no column has the name ${JSON.stringify(label)}; its columns are ${names.join(", ")}`);
  const cellsOf = (name: string) => rows.map((row) => row[names.indexOf(name)] ?? "");
  const labels = cellsOf(label);
  const problem = labelProblem(kind, label, labels);
  if (problem !== undefined) throw new Error(problem);
  const columns = names.filter((name) => name !== label).map((name) => [name, kindOf(name, cellsOf(name))] as const);
  const features = columns.flatMap(([name, of]) => (of === undefined ? [] : [[name, of] as const]));
  if (features.length === 0) throw new Error(`no column besides ${label} has numbers or few enough texts; add one`);
  return {
    label,
    ...(kind === "classification" ? { classes: different(labels) } : {}),
    features: Object.fromEntries(features),
    ignored: columns.filter(([, of]) => of === undefined).map(([name]) => name),
    ceiling: roundedUp(kind === "regression" ? variance(labels.map(Number)) : entropy(labels)),
  };
}
