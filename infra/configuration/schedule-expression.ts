import { z } from "zod";

interface CronField {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  /** The names of its numbers. */
  readonly words?: readonly string[];
  /** Items that only this field has; the groups are values of the field. */
  readonly special?: RegExp;
}

const months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

const cronFields: readonly CronField[] = [
  { name: "the minutes", least: 0, most: 59 },
  { name: "the hours", least: 0, most: 23 },
  { name: "the day of the month", least: 1, most: 31, special: /^(?:LW?|L-(\d+)|(\d+)W)$/ },
  { name: "the month", least: 1, most: 12, words: months },
  { name: "the day of the week", least: 1, most: 7, words: days, special: /^(?:L|(\w+)L|(\w+)#[1-5])$/ },
  { name: "the year", least: 1970, most: 2199 },
];

/** Tells whether a text is a number of the field or a name of one. */
function isValue({ least, most, words = [] }: CronField, text: string): boolean {
  return words.includes(text) || (/^\d+$/.test(text) && Number(text) >= least && Number(text) <= most);
}

/** Matches `*`, `5` and `5-10`, each also with an increment: `0/15`. */
const usual = /^(?:\*|(\w+)(?:-(\w+))?)(?:\/(\d+))?$/;

function isItem(field: CronField, text: string): boolean {
  return [usual, field.special].some((pattern) => {
    const [match, from, to, increment = "1"] = pattern?.exec(text) ?? [];
    const isIncrement = Number(increment) >= 1 && Number(increment) <= field.most;
    return match !== undefined && isIncrement && [from, to].every((end) => end === undefined || isValue(field, end));
  });
}

/** Tells whether a text is a list of items. Only days can be `?`, and a day with `#` stands alone. */
function isField(field: CronField, text: string): boolean {
  if (text === "?") return field.special !== undefined;
  const items = text.toUpperCase().split(",");
  return (items.length === 1 || !text.includes("#")) && items.every((item) => isItem(field, item));
}

/** Says for each wrong field what to give. */
function fieldProblems(fields: readonly string[]): readonly string[] {
  return cronFields
    .filter((field, index) => !isField(field, fields[index] ?? ""))
    .map(({ name, least, most, words }) => {
      const range = `${least} to ${most}`;
      return `${words === undefined ? range : `${range} or ${words[0]} to ${words.at(-1)}`} as ${name}`;
    });
}

/** Says what to give instead of a wrong expression of the right form. */
function advice(expression: string): string | undefined {
  const [, kind, inner = ""] = /^(\w+)\((.*)\)$/.exec(expression) ?? [];
  if (kind === "at")
    return new Date(Date.parse(`${inner}Z`) || 0).toISOString().startsWith(inner)
      ? undefined
      : "give an existing date and time";
  if (kind !== "cron") return undefined;
  const fields = inner.split(" ");
  const wrong = fieldProblems(fields);
  if (wrong.length > 0) return `give ${wrong.join(", ")}`;
  return [fields[2], fields[4]].filter((field) => field === "?").length === 1
    ? undefined
    : "give ? for one of the day of the month (3rd) and the day of the week (5th)";
}

const hint = "give a schedule such as cron(0 3 * * ? *), rate(7 days) or at(2030-01-01T03:00:00)";

/**
 * Checks a schedule at the preview. EventBridge Scheduler would only reject it in the middle of `pulumi up`.
 * Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export const scheduleExpression = z
  .string(hint)
  .regex(
    /^(?:cron\((?:[\w*?,#/-]+ ){5}[\w*?,#/-]+\)|rate\([1-9]\d{0,5} (?:minute|hour|day)s?\)|at\(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\))$/,
    { error: hint, abort: true },
  )
  .superRefine((expression, context) => {
    const message = advice(expression);
    if (message !== undefined) context.addIssue({ code: "custom", message });
  });

/** Returns the last year of a field of years; infinity if it has none. */
function lastYear(field: string): number {
  const years = field.split(",").map((item) => {
    const [, year] = /^(?:\d+-)?(\d+)(?:\/\d+)?$/.exec(item) ?? [];
    return year === undefined || /^\d+\//.test(item) ? Number.POSITIVE_INFINITY : Number(year);
  });
  return Math.max(...years);
}

/** Tells whether an expression has no time in the future, which EventBridge Scheduler rejects. */
export function hasPassed(expression: string, timezone: string, now: Date): boolean {
  // The Swedish locale formats times as ISO 8601 does.
  const there = now.toLocaleString("sv-SE", { timeZone: timezone }).replace(" ", "T");
  if (expression.startsWith("at(")) return expression.slice(3, -1) <= there;
  const [, years] = /^cron\(.* (\S+)\)$/.exec(expression) ?? [];
  return years !== undefined && lastYear(years) < Number(there.slice(0, 4));
}
