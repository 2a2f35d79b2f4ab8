import assert from "node:assert/strict";
import { hasPassed, scheduleExpression } from "../../../infra/configuration/schedule-expression.ts";

function refusals(expression: string): readonly string[] {
  return (scheduleExpression.safeParse(expression).error?.issues ?? []).map(({ message }) => message);
}

describe("scheduleExpression", () => {
  const taken = [
    "cron(0 3 ? * MON *)",
    "cron(0/15 0-8,20-23 * * ? *)",
    "cron(*/5 8-17/2 ? * 2-6 2030-2040)",
    "cron(30-30 13-13 ? * 2,4,6 *)",
    "cron(0 0 L * ? *)",
    "cron(0 0 LW * ? *)",
    "cron(0 0 1,15W JAN-MAR,12 ? 2030,2031)",
    "cron(0 0 ? * FRIL *)",
    "cron(0 0 ? * 6L *)",
    "cron(0 0 ? * MON#1 *)",
    "cron(0 0 ? jan mon-fri *)",
    "cron(59 23 31 12 ? 2199)",
    "rate(1 day)",
    "rate(12 hours)",
    "at(2032-02-29T23:59:59)",
  ];
  for (const expression of taken) it(`accepts ${expression}`, () => assert.deepEqual(refusals(expression), []));

  const refused: readonly (readonly [string, RegExp])[] = [
    ["0 3 * * *", /^give a schedule such as cron\(/],
    ["cron(0 3 * * ?)", /^give a schedule such as cron\(/],
    ["rate(0 days)", /^give a schedule such as cron\(/],
    ["rate(1 week)", /^give a schedule such as cron\(/],
    ["at(2030-01-01)", /^give a schedule such as cron\(/],
    ["cron(0 3 * * ? *) ", /^give a schedule such as cron\(/],
    [
      "cron(99 99 ? * FOO *)",
      /^give 0 to 59 as the minutes, 0 to 23 as the hours, 1 to 7 or SUN to SAT as the day of the week$/,
    ],
    ["cron(60 0 * * ? *)", /^give 0 to 59 as the minutes$/],
    ["cron(? 0 * * ? *)", /^give 0 to 59 as the minutes$/],
    ["cron(0 24 * * ? *)", /^give 0 to 23 as the hours$/],
    ["cron(0 0 0 * ? *)", /^give 1 to 31 as the day of the month$/],
    ["cron(0 0 32W * ? *)", /^give 1 to 31 as the day of the month$/],
    ["cron(0 0 * 13 ? *)", /^give 1 to 12 or JAN to DEC as the month$/],
    ["cron(0 0 * MON ? *)", /^give 1 to 12 or JAN to DEC as the month$/],
    ["cron(0 0 ? * 0 *)", /^give 1 to 7 or SUN to SAT as the day of the week$/],
    ["cron(0 0 ? * MON#6 *)", /^give 1 to 7 or SUN to SAT as the day of the week$/],
    ["cron(0 0 ? * 3#1,6#3 *)", /^give 1 to 7 or SUN to SAT as the day of the week$/],
    ["cron(0 0 ? * MON- *)", /^give 1 to 7 or SUN to SAT as the day of the week$/],
    ["cron(0 0 * * ? 1969)", /^give 1970 to 2199 as the year$/],
    ["cron(0/0 0 * * ? *)", /^give 0 to 59 as the minutes$/],
    ["cron(0/5/5 0 * * ? *)", /^give 0 to 59 as the minutes$/],
    ["cron(1,,2 0 * * ? *)", /^give 0 to 59 as the minutes$/],
    ["cron(0 3 * * * *)", /^give \? for one of the day of the month \(3rd\) and the day of the week \(5th\)$/],
    ["cron(0 3 ? * ? *)", /^give \? for one of the day of the month \(3rd\) and the day of the week \(5th\)$/],
    ["at(2030-02-30T10:00:00)", /^give an existing date and time$/],
    ["at(2030-01-01T24:00:00)", /^give an existing date and time$/],
  ];
  for (const [expression, expected] of refused)
    it(`rejects ${expression}`, () => {
      const [first = "", ...others] = refusals(expression);
      assert.match(first, expected);
      assert.deepEqual(others, []);
    });

  const now = new Date("2030-06-01T12:00:00Z");
  const passing: readonly (readonly [string, string, boolean])[] = [
    ["at(2001-01-01T00:00:00)", "UTC", true],
    ["at(2030-06-01T12:00:00)", "UTC", true],
    ["at(2030-06-01T12:00:01)", "UTC", false],
    // At this time it is 14:00 in Berlin and 08:00 in New York.
    ["at(2030-06-01T13:59:59)", "Europe/Berlin", true],
    ["at(2030-06-01T08:30:00)", "America/New_York", false],
    ["cron(0 0 1 1 ? 2029)", "UTC", true],
    ["cron(0 0 1 1 ? 2001-2010,2029)", "UTC", true],
    ["cron(0 0 1 1 ? 2001-2030)", "UTC", false],
    ["cron(0 0 1 1 ? 2001/2)", "UTC", false],
    ["cron(0 0 1 1 ? *)", "UTC", false],
    ["rate(1 day)", "UTC", false],
  ];
  for (const [expression, timezone, expected] of passing)
    it(`${expression} in ${timezone} is in the ${expected ? "past" : "future"}`, () =>
      assert.equal(hasPassed(expression, timezone, now), expected));
});
