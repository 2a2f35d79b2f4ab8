import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../../scripts/local-stack/folders.ts";
import { page, tableRows } from "./pages.ts";

/** Texts that only AWS answers. */
const ofAws = ["ResourceLimitExceeded"];

/** Returns the text of every source file of the folders that print errors. */
function sources(): string {
  return ["aws", "check", "infra", "language", "local", "pipelines", "scripts"]
    .flatMap((folder) =>
      readdirSync(join(repository, folder), { recursive: true, encoding: "utf8" }).map((file) => join(folder, file)),
    )
    .filter((file) => /\.(ts|mjs)$/.test(file))
    .map((file) => readFileSync(join(repository, file), "utf8"))
    .join("\n");
}

describe("docs/troubleshooting.md", () => {
  it("quotes only error texts that exist in the sources", () => {
    const text = sources();
    const [, ...tables] = page("docs/troubleshooting.md").text.split("\n| text |");
    const quoted = tables.flatMap((rows) =>
      tableRows({ path: "", text: rows.split("\n\n")[0] ?? "" }, /^`/).flatMap(([cell = ""]) =>
        [...cell.matchAll(/`([^`]+)`/g)].flatMap(([, error = ""]) => error.split("...")),
      ),
    );
    assert.ok(quoted.length > 30, String(quoted.length));
    assert.deepEqual(
      quoted.map((part) => part.trim()).filter((part) => !text.includes(part) && !ofAws.includes(part)),
      [],
    );
  });
});
