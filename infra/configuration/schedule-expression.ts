import { z } from "zod";

/** A field of a cron expression: its numbers, other words for them, and what else an item of it can be. */
interface CronField {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly words?: readonly string[];
  /** With the number in it, if there is one, as its first group. */
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

/** Whether a text is a number of a field, or a word for one. */
function isValue({ least, most, words = [] }: CronField, text: string): boolean {
  return words.includes(text) || (/^\d+$/.test(text) && Number(text) >= least && Number(text) <= most);
}

/** Whether a text is one item of a field: `5`, `5-10`, `*`, either with an increment (`0/15`), or what only this field has. */
function isItem(field: CronField, text: string): boolean {
  const [of = "", increment, ...more] = text.split("/");
  const isIncrement = increment === undefined || (/^0*[1-9]\d*$/.test(increment) && Number(increment) <= field.most);
  const ends = of.split("-");
  if (
    more.length === 0 &&
    isIncrement &&
    (of === "*" || (ends.length <= 2 && ends.every((end) => isValue(field, end))))
  )
    return true;
  const special = field.special?.exec(text);
  return special?.slice(1).every((value) => value === undefined || isValue(field, value)) ?? false;
}

/** Whether a text is a field. Only days can be open (`?`), and one with `#` is no list. */
function isField(field: CronField, text: string): boolean {
  if (text === "?") return field.special !== undefined;
  const items = text.toUpperCase().split(",");
  return (items.length === 1 || !text.includes("#")) && items.every((item) => isItem(field, item));
}

/** What to give for each field that is wrong. */
function fieldProblems(fields: readonly string[]): readonly string[] {
  return cronFields
    .filter((field, index) => !isField(field, fields[index] ?? ""))
    .map(({ name, least, most, words }) => {
      const range = `${least} to ${most}`;
      return `${words === undefined ? range : `${range} or ${words[0]} to ${words.at(-1)}`} as ${name}`;
    });
}

/** What to do about an expression of the right form; undefined if nothing is wrong with it. */
function problem(expression: string): string | undefined {
  const [, kind, inner = ""] = /^(\w+)\((.*)\)$/.exec(expression) ?? [];
  if (kind === "at")
    return new Date(Date.parse(`${inner}Z`) || 0).toISOString().startsWith(inner)
      ? undefined
      : "give a day and a time that there are";
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
 * When EventBridge Scheduler starts something.
 * Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export const scheduleExpression = z
  .string(hint)
  .regex(
    /^(?:cron\((?:[\w*?,#/-]+ ){5}[\w*?,#/-]+\)|rate\([1-9]\d{0,5} (?:minute|hour|day)s?\)|at\(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\))$/,
    { error: hint, abort: true },
  )
  .superRefine((expression, context) => {
    const message = problem(expression);
    if (message !== undefined) context.addIssue({ code: "custom", message });
  });

/** The last year that a field of years names; none if it names years to come for ever. */
function lastYear(field: string): number {
  const years = field.split(",").map((item) => {
    const [, year] = /^(?:\d+-)?(\d+)(?:\/\d+)?$/.exec(item) ?? [];
    return year === undefined || /^\d+\//.test(item) ? Number.POSITIVE_INFINITY : Number(year);
  });
  return Math.max(...years);
}

/** Whether an expression names no time to come, which the service refuses. */
export function hasPassed(expression: string, timezone: string, now: Date): boolean {
  // In Swedish, a time is written as ISO 8601 has it.
  const there = now.toLocaleString("sv-SE", { timeZone: timezone }).replace(" ", "T");
  if (expression.startsWith("at(")) return expression.slice(3, -1) <= there;
  const [, years] = /^cron\(.* (\S+)\)$/.exec(expression) ?? [];
  return years !== undefined && lastYear(years) < Number(there.slice(0, 4));
}
