import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../../scripts/local-stack/folders.ts";
import { command } from "../fresh-clone/command-line.ts";
import { WarmCommands } from "../fresh-clone/warm-command.ts";
import { type Page, pages } from "./pages.ts";

interface NpmCommand {
  readonly page: string;
  readonly script: string;
  readonly flags: readonly string[];
}

const { scripts } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8"));

function flagsOf(text: string): readonly string[] {
  return [...text.matchAll(/(?<=[\s`[]|^)--[a-z][a-z-]*/g)].map(([flag]) => flag);
}

/** Returns the npm commands of a page, without those whose name is a placeholder. */
function npmCommands({ path, text }: Page): readonly NpmCommand[] {
  return [...text.matchAll(/\bnpm (?:run (?:-s )?([a-z-]+)|(start|test))( -- [^\n`#|&<>]*)?/g)].map(
    ([, named, short, rest = ""]) => ({ page: path, script: named ?? short ?? "", flags: flagsOf(rest) }),
  );
}

const commands = pages.flatMap(npmCommands);

/** Flags of Pulumi, npm and other programs that the pages show. */
const foreign = [
  ...[
    "--copy-config-from",
    "--diff",
    "--json",
    "--path",
    "--policy-pack",
    "--policy-pack-config",
    "--query",
    "--refresh",
  ],
  ...["--run-program", "--secret", "--skip-preview", "--omit", "--env", "--body", "--jq", "--region", "--output"],
];

describe("the commands of the pages", function () {
  this.timeout(180_000);
  const help = new Map<string, readonly string[]>();
  const warm = new WarmCommands();
  after(() => warm.stop());

  before(async () => {
    const withFlags = new Set(commands.filter(({ flags }) => flags.length > 0).map(({ script }) => script));
    for (const script of withFlags) {
      if (!Object.hasOwn(scripts, script)) continue;
      // mocha prints the help of npm test, and cannot be loaded twice into one process.
      const run = script === "test" ? command : (name: string, args: readonly string[]) => warm.run(name, args);
      const { code, stdout } = await run(script, ["--help"]);
      assert.equal(code, 0, script);
      help.set(script, ["--help", ...flagsOf(stdout)]);
    }
  });

  it("are scripts of package.json", () => {
    assert.ok(commands.length > 50, String(commands.length));
    assert.deepEqual(
      commands.filter(({ script }) => !Object.hasOwn(scripts, script)),
      [],
    );
  });

  it("have only flags that their --help lists", () => {
    const wrong = commands.flatMap(({ page, script, flags }) =>
      flags.filter((flag) => !help.get(script)?.includes(flag)).map((flag) => `${page}: ${script} ${flag}`),
    );
    assert.deepEqual(wrong, []);
  });

  it("have each flag that a sentence of the pages names", () => {
    const known = new Set([...[...help.values()].flat(), ...foreign]);
    const wrong = pages.flatMap(({ path, text }) =>
      [...text.matchAll(/`(--[a-z][a-z-]*)[^`\n]*`/g)].flatMap(([, flag = ""]) =>
        known.has(flag) || isArgument(flag) ? [] : `${path}: ${flag}`,
      ),
    );
    assert.deepEqual(wrong, []);
  });
});

/** Whether a flag is one of the arguments of a pipeline's own script. */
function isArgument(flag: string): boolean {
  return /^--(baseline|best)-model-url$/.test(flag);
}
