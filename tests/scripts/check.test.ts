import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Compiled, compile } from "../../scripts/imports/compile.ts";
import { importProblems } from "../../scripts/imports/import-problems.ts";
import { repository } from "../../scripts/local-stack/folders.ts";

/** Files that import each other, and the expected problems. */
const planted: readonly (readonly [
  what: string,
  files: Readonly<Record<string, string>>,
  problems: readonly RegExp[],
])[] = [
  [
    "accepts imports that the layout allows",
    {
      "index.ts": 'import "./infra/a.ts"; import "@pulumi/pulumi";',
      "infra/a.ts": 'import "../pipelines/catalog.ts"; import "@pulumi/pulumi";',
      "pipelines/catalog.ts": 'import "../language/index.ts";',
      "pipelines/rings/pipeline.ts": 'import "../catalog.ts";',
      "language/index.ts": 'import "../service-model/limits.ts";',
      "service-model/limits.ts": "",
      "local/state/a.ts": 'import "../wire/a.ts";',
      "local/wire/a.ts": 'import "../../service-model/limits.ts";',
      "scripts/a.ts": 'import "../local/state/a.ts";',
      "tests/a.ts": 'import "../scripts/a.ts"; import "@pulumi/pulumi";',
    },
    [],
  ],
  [
    "rejects a cycle of files that includes a type import",
    { "infra/a.ts": 'import "./b.ts";', "infra/b.ts": 'import type { A } from "./a.ts";' },
    [/^these files import each other in a circle: infra\/a.ts -> infra\/b.ts -> infra\/a.ts$/],
  ],
  [
    "rejects a cycle of folders whose files do not form a cycle",
    {
      "language/steps/a.ts": 'import "../check/a.ts";',
      "language/check/a.ts": "",
      "language/check/b.ts": 'import "../steps/b.ts";',
      "language/steps/b.ts": "",
    },
    [/^these folders import each other in a circle: language\/(steps|check) -> language\/\w+ -> language\/\w+$/],
  ],
  ...(
    [
      ["infra/a.ts", "scripts/b.ts", "infra may import pipelines, stack-outputs.ts, language, service-model"],
      [
        "pipelines/rings/pipeline.ts",
        "pipelines/other/pipeline.ts",
        "pipelines/rings may import pipelines, language, service-model",
      ],
      ["language/a.ts", "pipelines/rings/pipeline.ts", "language may import service-model"],
      ["service-model/a.ts", "language/b.ts", "service-model may import nothing"],
      ["policy/a.ts", "service-model/b.ts", "policy may import nothing"],
      [
        "check/a.ts",
        "scripts/b.ts",
        "check may import pipelines, aws, exit-code.ts, stack-outputs.ts, language, service-model",
      ],
      [
        "check/a.ts",
        "local/b.ts",
        "check may import pipelines, aws, exit-code.ts, stack-outputs.ts, language, service-model",
      ],
      ["local/a.ts", "infra/b.ts", /^local may import .*local\/deploy, stack-outputs.ts, language, service-model$/],
      ["local/moto/a.ts", "local/s3/b.ts", /^local\/moto may import local\/wire, local\/state, stack-outputs.ts/],
    ] as const
  ).map(
    ([from, to, allowed]) =>
      [
        `rejects ${to} in ${dirname(from)}/`,
        { [from]: `import "/${to}";`, [to]: "" },
        [
          typeof allowed === "string"
            ? new RegExp(`^${from} imports ${to}: ${allowed}$`)
            : new RegExp(`^${from} imports ${to}: ${allowed.source.slice(1)}`),
        ],
      ] as const,
  ),
  ...["language/a.ts", "pipelines/a.ts", "check/a.ts", "scripts/a.ts", "local/s3/a.ts"].map(
    (file) =>
      [
        `rejects Pulumi in ${dirname(file)}/`,
        { [file]: 'import "@pulumi/pulumi";' },
        [new RegExp(`^${file} imports @pulumi/pulumi: only .* know Pulumi$`)],
      ] as const,
  ),
];

describe("npm run check", function () {
  this.timeout(120_000);

  it("finds no problem in this repository", () => {
    const args = [join(repository, "scripts", "launch.mjs"), "check"];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: repository, encoding: "utf8" });
    assert.equal(`${status} ${stdout}${stderr}`.slice(0, 4000), "0 ");
  });

  describe("on the imports of a project", () => {
    let compiled: Compiled;

    before(async () => {
      const folder = mkdtempSync(join(tmpdir(), "imports-"));
      const write = (file: string, text: string) => {
        mkdirSync(dirname(join(folder, file)), { recursive: true });
        writeFileSync(join(folder, file), text);
      };
      try {
        write("node_modules/@pulumi/pulumi/index.d.ts", "export {};");
        write("wrong.ts", "export const wrong: { a: 1 } = { a: 2 };");
        for (const [index, [, files]] of planted.entries())
          for (const [file, text] of Object.entries(files)) {
            const up = "../".repeat(file.split("/").length - 1) || "./";
            write(`${index}/${file}`, `${text.replaceAll('"/', `"${up}`)}\nexport {};`);
          }
        const compilerOptions = { module: "nodenext", allowImportingTsExtensions: true, types: [], lib: ["es2023"] };
        write("tsconfig.json", JSON.stringify({ compilerOptions, include: ["**/*.ts"] }));
        compiled = await compile(folder);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });

    it("prints an error of the types", () =>
      assert.match(compiled.errors, /^wrong\.ts\(1,\d+\): error TS2322: Type '2' is not assignable to type '1'\.$/m));

    for (const [index, [what, , expected]] of planted.entries())
      it(what, () => {
        const own = `${index}/`;
        const problems = importProblems(
          compiled.imports
            .filter(({ from }) => from.startsWith(own))
            .map(({ from, to }) => ({ from: from.slice(own.length), to: to.replace(own, "") })),
        );
        assert.equal(problems.length, expected.length, problems.join("\n"));
        for (const [place, problem] of problems.entries()) assert.match(problem, expected[place] ?? /none/);
      });
  });
});
