import { type ParseArgsConfig, parseArgs } from "node:util";
import { ExitError, exitCode } from "./exit-code.ts";

type Options = NonNullable<ParseArgsConfig["options"]>;
type Parsed<O extends Options> = ReturnType<typeof parseArgs<{ options: O }>>["values"];

/**
 * The command line as typed values. `--help` prints the text and ends the process.
 *
 * @throws ExitError (2) for an option that the command does not have, or without its value
 */
export function parseOptions<const O extends Options>(
  help: string,
  options: O,
  args = process.argv.slice(2),
): Parsed<O> {
  if (args.includes("--help") || args.includes("-h")) {
    process.stdout.write(`${help.trim()}\n`);
    process.exit(exitCode.pass);
  }
  try {
    return parseArgs({ args, options, allowPositionals: false }).values;
  } catch (error) {
    const what = (error as Error).message.split("\n")[0]?.replace(/\.?( To specify .*)?$/, "");
    throw new ExitError(exitCode.usage, `${what}. Run it with --help to see the options.`, { cause: error });
  }
}

/**
 * `Name=Value` pairs as a record; the value may hold further `=` signs, and be empty.
 *
 * @throws ExitError (2) for one without a name or without `=`
 */
export function parseParameters(pairs: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, name, value] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
      if (name === undefined || value === undefined)
        throw new ExitError(exitCode.usage, `--parameter takes Name=Value, not "${pair}".`);
      return [name, value];
    }),
  );
}
