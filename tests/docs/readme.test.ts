import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../../scripts/local-stack/folders.ts";
import { page, pages, prose } from "./pages.ts";

const readme = page("README.md");

describe("README.md", () => {
  it("has at most 150 lines", () => {
    assert.ok(readme.text.trimEnd().split("\n").length <= 150);
  });

  it("has pictures of less than 150 kB", () => {
    const pictures = pages.flatMap(({ text }) => [...text.matchAll(/!\[[^\]]*\]\((docs\/[^)]+)\)/g)]);
    assert.equal(pictures.length, 1);
    for (const [, file = ""] of pictures) assert.ok(statSync(join(repository, file)).size < 150_000, file);
  });
});

describe("the pages of docs/", () => {
  for (const { path, text } of pages.filter(({ path }) => path.startsWith("docs/")))
    it(`${path} has a question as its title and begins with the answer`, () => {
      assert.match(text, /^# .+\?\n\n[A-Z`]/);
    });

  it("contain no sentence with an inverted word order", () => {
    const sentences = pages.flatMap((one) =>
      [...prose(one).matchAll(/(?:^|[.:] )(?:What|Where|Whose|Of) [^.|]*/gm)].map(([text]) => `${one.path}: ${text}`),
    );
    assert.deepEqual(sentences, []);
  });
});
