import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const repository = fileURLToPath(new URL("../../", import.meta.url));

const preamble = `
import * as sm from "../../pipelines/sagemaker/index.ts";
const context = { bucket: "b", prefix: "p", roleArn: "r" };
const count = sm.integerParameter("Count");
const text = sm.stringParameter("Text");
const produce = sm.scriptProcessingStep("Produce", {
  context, image: "i", script: new URL("a.py", import.meta.url), instances: { type: "ml.m5.large" },
  outputs: ["train"], propertyFiles: { Report: { output: "train", path: "r.json" } },
});
`;

/** Each has to be refused by the compiler with a message that says the reason. */
const snippets: readonly (readonly [string, string, RegExp])[] = [
  ["an output that does not exist", "produce.outputs.test;", /'test' does not exist/],
  ["a property file that does not exist", "produce.propertyFiles.Other;", /'Other' does not exist/],
  [
    "a property that the Describe response does not have",
    "produce.properties.ModelArtifacts;",
    /'ModelArtifacts' does not exist/,
  ],
  [
    "a property file in an output that does not exist",
    `sm.scriptProcessingStep("S", { context, image: "i", script: new URL("a.py", import.meta.url),
      instances: { type: "ml.m5.large" }, outputs: ["a"], propertyFiles: { F: { output: "b", path: "f" } } });`,
    /'"b"' is not assignable to type '"a"'/,
  ],
  ["an Integer parameter where a string is wanted", 'sm.failStep("F", { errorMessage: count });', /not assignable/],
  ["a String parameter where a number is wanted", "sm.lessThanOrEqualTo(text, 1);", /not assignable/],
  ["a default of another type", 'sm.integerParameter("I", { default: "1" });', /not assignable to type 'number'/],
  ["an enumeration of a number", 'sm.floatParameter("F", { enum: [1] });', /'enum' does not exist/],
  [
    "an instance type that there is not",
    `sm.scriptProcessingStep("S", { context, image: "i", script: new URL("a.py", import.meta.url),
      instances: { type: "ml.m5.enormous" } });`,
    /not assignable/,
  ],
  [
    "an argument that the service does not have",
    'sm.processingStep("S", { arguments: { ...({} as sm.ProcessingArguments), Colour: "red" } });',
    /'Colour' does not exist/,
  ],
];

describe("code that must not compile", function () {
  this.timeout(120_000);
  let messages: ReadonlyMap<string, string>;

  before(() => {
    mkdirSync(join(repository, ".local"), { recursive: true });
    const folder = mkdtempSync(join(repository, ".local", "types-"));
    try {
      snippets.forEach(([, code], index) => {
        const text = preamble + code;
        writeFileSync(join(folder, `snippet-${index}.ts`), text);
      });
      writeFileSync(join(folder, "valid.ts"), preamble);
      writeFileSync(
        join(folder, "tsconfig.json"),
        JSON.stringify({
          extends: "../../tsconfig.json",
          compilerOptions: { noUnusedLocals: false },
          include: ["*.ts"],
        }),
      );
      messages = compile(folder);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("compiles the code around the snippets", () => {
    assert.equal(messages.get("valid.ts"), undefined);
  });

  snippets.forEach(([what, , reason], index) => {
    it(`refuses ${what}`, () => {
      assert.match(messages.get(`snippet-${index}.ts`) ?? "no error", reason);
    });
  });
});

/** The compiler's messages by file name. */
function compile(folder: string): ReadonlyMap<string, string> {
  const tsc = join(repository, "node_modules", ".bin", "tsc");
  let output = "";
  try {
    output = execFileSync(tsc, ["-p", folder, "--pretty", "false"], {
      cwd: folder,
      encoding: "utf8",
    });
  } catch (error) {
    output = (error as { stdout: string }).stdout;
  }
  const byFile = new Map<string, string>();
  let file = "";
  for (const line of output.split("\n")) {
    file = /^([^\s(]+)\(/.exec(line)?.[1]?.split("/").at(-1) ?? file;
    byFile.set(file, `${byFile.get(file) ?? ""}${line}\n`);
  }
  return byFile;
}
