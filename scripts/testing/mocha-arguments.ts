import { parseArgs } from "node:util";

const mochaOptions: string = "mocha/lib/cli/run-option-metadata.cjs";
const { getRunOptionDefinitions } = (await import(mochaOptions)) as {
  readonly getRunOptionDefinitions: () => readonly {
    readonly name: string;
    readonly type: "array" | "boolean" | "number" | "string";
    readonly aliases: readonly string[];
  }[];
};

const options = Object.fromEntries(
  getRunOptionDefinitions().flatMap(({ name, type, aliases }) => {
    const option = { type: type === "boolean" ? ("boolean" as const) : ("string" as const) };
    const short = aliases.find((alias) => alias.length === 1);
    const long = aliases.filter((alias) => alias.length > 1).map((alias) => [alias, option] as const);
    return [[name, short === undefined ? option : { ...option, short }] as const, ...long];
  }),
);

/** Separates test folders and files from mocha's options and their values: `language` is a folder, but not after `--grep`. */
export function mochaArguments(args: readonly string[]): {
  readonly places: readonly string[];
  readonly options: readonly string[];
} {
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  const places = new Set(tokens.filter(({ kind }) => kind === "positional").map(({ index }) => index));
  return {
    places: args.filter((_, index) => places.has(index)),
    options: args.filter((arg, index) => !places.has(index) && arg !== "--"),
  };
}
