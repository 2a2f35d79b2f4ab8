import assert from "node:assert/strict";
import { contents, escaped, rootElement, unescaped } from "../../../local/wire/xml.ts";

describe("XML", () => {
  const roots: readonly (readonly [string, string | undefined])[] = [
    ["<a/>", "a"],
    ["<a></a>\n", "a"],
    [
      '<?xml version="1.0" encoding="UTF-8"?>\n<a xmlns="http://s3.amazonaws.com/doc/"><b x:y="1"/>text &lt;<b>c</b></a>',
      "a",
    ],
    ["\uFEFF<?xml version='1.0'?><a />", "a"],
    ["", undefined],
    ["text", undefined],
    ["<a>", undefined],
    ["</a>", undefined],
    ["<a></b>", undefined],
    ["<a><b></a></b>", undefined],
    ["<a/><a/>", undefined],
    ["<a/>text", undefined],
    ["<a>1 < 2</a>", undefined],
    ["<a", undefined],
    ["{}", undefined],
  ];
  for (const [xml, root] of roots)
    it(`${root === undefined ? "rejects" : "reads the root of"} ${JSON.stringify(xml)}`, () =>
      assert.equal(rootElement(xml), root));

  it("returns the content of every element with the name, and of no other", () => {
    const xml = '<Rule><ID>a</ID></Rule><Rules><ID>no</ID></Rules><Rule x="1"><ID>b\n</ID></Rule><Rule/>';
    assert.deepEqual(contents(xml, "Rule"), ["<ID>a</ID>", "<ID>b\n</ID>"]);
    assert.deepEqual(contents(xml, "None"), []);
  });

  it("escapes text and reads it back", () => {
    const text = `a & b < c > d &amp; "e" 'f' ü`;
    assert.equal(unescaped(escaped(text)), text);
    assert.equal(unescaped("&quot;&apos;&#60;&#x3E;&unknown;"), "\"'<>&unknown;");
  });
});
