import assert from "node:assert/strict";
import { linkedPipeline, linkProblem, targets } from "./links.ts";
import { page, pages } from "./pages.ts";

describe("the links of the pages", () => {
  for (const one of pages)
    it(`in ${one.path} point to existing files and headings`, () => {
      // The tests of a pipeline check the links to its folder, which a user may delete.
      const own = targets(one).filter((target) => linkedPipeline(one, target) === undefined);
      assert.deepEqual(
        own.flatMap((target) => linkProblem(one, target) ?? []),
        [],
      );
    });

  it("in README.md point to every page of docs/", () => {
    const linked = targets(page("README.md")).map((target) => target.split("#")[0]);
    const unlinked = pages.filter(({ path }) => path.startsWith("docs/") && !linked.includes(path));
    assert.deepEqual(
      unlinked.map(({ path }) => path),
      [],
    );
  });
});
