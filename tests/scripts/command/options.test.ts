import assert from "node:assert/strict";
import { ExitError } from "../../../exit-code.ts";
import { parseOptions } from "../../../scripts/command/options.ts";

const options = { ceiling: { type: "string" }, retry: { type: "boolean" } } as const;
const parse = (...args: readonly string[]) => parseOptions("help", options, [...args]);

describe("the options of a command", () => {
  it("are parsed to typed values, including a value that begins with a dash", () => {
    assert.deepEqual({ ...parse("--ceiling", "5", "--retry") }, { ceiling: "5", retry: true });
    assert.deepEqual({ ...parse("--ceiling=-1") }, { ceiling: "-1" });
  });

  const refused: readonly (readonly [string, readonly string[], string])[] = [
    ["an unknown option", ["--no-such"], "Unknown option '--no-such'. Run it with --help to see the options."],
    [
      "an option without its value",
      ["--ceiling"],
      "Option '--ceiling <value>' argument missing. Run it with --help to see the options.",
    ],
    [
      "a value that looks like an option",
      ["--ceiling", "-1"],
      '--ceiling is followed by "-": give its value; if the value begins with "-", write --ceiling=VALUE.',
    ],
    [
      "another option instead of a value",
      ["--ceiling", "--retry"],
      '--ceiling is followed by "-": give its value; if the value begins with "-", write --ceiling=VALUE.',
    ],
  ];
  for (const [what, args, message] of refused)
    it(`are rejected in one line with exit code 2: ${what}`, () => {
      assert.throws(
        () => parse(...args),
        (error) => error instanceof ExitError && error.code === 2 && error.message === message,
      );
    });
});
