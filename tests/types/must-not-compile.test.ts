import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { compile } from "./compile.ts";
import { requests } from "./refused/arguments.ts";
import { names } from "./refused/names.ts";
import { options } from "./refused/options.ts";
import { preamble, type Refusal, written } from "./refused/refusal.ts";
import { values } from "./refused/values.ts";

const local = fileURLToPath(new URL("../../.local", import.meta.url));

/** Snippets that the compiler must reject, each with a single message that states the reason. */
const refusals: readonly Refusal[] = [...names, ...values, ...requests, ...options];

describe("the compiler", function () {
  this.timeout(120_000);
  let messages: ReadonlyMap<string, string>;

  before(() => {
    mkdirSync(local, { recursive: true });
    const folder = mkdtempSync(join(local, "types-"));
    try {
      for (const [index, [, code]] of refusals.entries())
        for (const form of ["right", "wrong"] as const)
          writeFileSync(join(folder, `${form}-${index}.ts`), preamble + written(code, form));
      const compilerOptions = { noUnusedLocals: false };
      const project = { extends: "../../tsconfig.json", compilerOptions, include: ["*.ts"] };
      writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(project));
      messages = compile(folder);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("accepts each snippet after its mistake is corrected", () => {
    const others = [...messages].filter(([file]) => !file.startsWith("wrong-"));
    assert.deepEqual(others, []);
  });

  for (const [index, [what, , reason]] of refusals.entries())
    it(`rejects ${what}`, () => {
      const message = messages.get(`wrong-${index}.ts`) ?? "no error";
      assert.match(message, reason);
      assert.equal(message.match(/: error TS/g)?.length, 1, message);
    });
});
