import { type ParseArgsConfig, parseArgs } from "node:util";
import { ExitError, exitCode } from "../../exit-code.ts";
import { limits } from "../../service-model/limits.ts";

type Options = NonNullable<ParseArgsConfig["options"]>;
type Parsed<O extends Options> = ReturnType<typeof parseArgs<{ options: O }>>["values"];

/**
 * Parses the command line to typed values. `--help` prints the text and ends the process.
 *
 * @throws ExitError (2) for an unknown option, an option without its value, or an argument that is no option
 */
export function parseOptions<const O extends Options>(
  help: string,
  options: O,
  args = process.argv.slice(2),
): Parsed<O> {
  return parseArguments(help, options, false, args).values;
}

/** Parses a command line that also has arguments that are no options, such as a name. See {@link parseOptions}. */
export function parseOptionsAndNames<const O extends Options>(
  help: string,
  options: O,
  args = process.argv.slice(2),
): { readonly options: Parsed<O>; readonly names: readonly string[] } {
  const { values, positionals } = parseArguments(help, options, true, args);
  return { options: values, names: positionals };
}

function parseArguments<const O extends Options>(
  help: string,
  options: O,
  allowPositionals: boolean,
  args: readonly string[],
): { readonly values: Parsed<O>; readonly positionals: readonly string[] } {
  if (args.includes("--help") || args.includes("-h")) {
    process.stdout.write(`${help.trim()}\n`);
    process.exit(exitCode.pass);
  }
  try {
    return parseArgs({ args: [...args], options, allowPositionals });
  } catch (error) {
    const [line = ""] = (error as Error).message.split("\n");
    const [, ambiguous] = /^Option '([^']+)' argument is ambiguous/.exec(line) ?? [];
    if (ambiguous !== undefined)
      throw new ExitError(
        exitCode.usage,
        `${ambiguous} is followed by "-": give its value; if the value begins with "-", write ${ambiguous}=VALUE.`,
        { cause: error },
      );
    const what = line.replace(/\.?( To specify .*)?$/, "");
    throw new ExitError(exitCode.usage, `${what}. Run it with --help to see the options.`, { cause: error });
  }
}

/**
 * Parses `Name=Value` pairs to a record; a value may contain `=` signs.
 *
 * @throws ExitError (2) for a pair without a name or without `=`, a name that is given twice, and a value that is empty or
 *   too long for SageMaker
 */
export function parseParameters(pairs: readonly string[]): Readonly<Record<string, string>> {
  const values = new Map<string, string>();
  const usage = (message: string) => new ExitError(exitCode.usage, message);
  for (const pair of pairs) {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
    if (name === undefined || value === undefined) throw usage(`--parameter takes Name=Value, not "${pair}".`);
    if (values.has(name)) throw usage(`--parameter ${name} is given twice; give it once.`);
    // SageMaker: [string "" is too short (length: 0, required minimum: 1)]
    if (value === "") throw usage(`--parameter ${name} is empty, which SageMaker rejects: give a value.`);
    const longest = limits.parameterValueCharacters;
    if (value.length > longest)
      throw usage(
        `--parameter ${name} has ${value.length} characters; SageMaker takes at most ${longest}: shorten it.`,
      );
    values.set(name, value);
  }
  return Object.fromEntries(values);
}
