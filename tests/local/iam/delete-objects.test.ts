import assert from "node:assert/strict";
import { deleteCall, nothingDeleted, readDelete, withDenied, writeDelete } from "../../../local/iam/delete-objects.ts";

const request = (inside: string) =>
  `<?xml version="1.0"?>\n<Delete xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${inside}</Delete>`;

describe("a DeleteObjects request", () => {
  const bodies: readonly (readonly [string, string, readonly string[]])[] = [
    [
      "keys",
      "<Object><Key>a</Key></Object><Object><Key>b/c</Key></Object>",
      ["s3:DeleteObject a", "s3:DeleteObject b/c"],
    ],
    ["a version", "<Object><Key>a</Key><VersionId>1</VersionId></Object>", ["s3:DeleteObjectVersion a"]],
    ["escaped characters", "<Object><Key>a&amp;b&#x2F;&lt;</Key></Object>", ["s3:DeleteObject a&b/<"]],
    ["white space", "\n <Object>\n <Key> a</Key>\n </Object>\n", ["s3:DeleteObject  a"]],
  ];
  for (const [title, inside, expected] of bodies)
    it(`is parsed into one call for each object: ${title}`, () => {
      const read = readDelete(request(inside));
      assert.deepEqual(
        read?.objects.map((object) => {
          const { action, resource } = deleteCall("b", object);
          return `${action} ${resource.replace("arn:aws:s3:::b/", "")}`;
        }),
        expected,
      );
      assert.deepEqual(read && readDelete(writeDelete(read)), read);
    });

  const wrong: readonly (readonly [string, string])[] = [
    ["a body that is not XML", "a"],
    ["a body without objects", request("")],
    ["an object without a key", request("<Object></Object>")],
    ["a comment, which parsers could read differently", request("<!-- <Object> --><Object><Key>a</Key></Object>")],
    ["a CDATA section", request("<Object><Key><![CDATA[a]]></Key></Object>")],
    ["a document type", `<!DOCTYPE d [<!ENTITY a "b">]>${request("<Object><Key>a</Key></Object>")}`],
  ];
  for (const [title, body] of wrong)
    it(`is rejected: ${title}`, () => {
      assert.equal(readDelete(body), undefined);
    });

  it("keeps its Quiet element", () => {
    const quiet = readDelete(request("<Quiet>true</Quiet><Object><Key>a</Key></Object>"));
    assert.match(quiet === undefined ? "" : writeDelete(quiet), /<Quiet>true<\/Quiet>/);
  });

  it("is answered with an error for each denied object", () => {
    const denied = [{ object: { Key: "a&b", VersionId: "1" }, message: "not allowed" }];
    const error =
      "<Error><Key>a&amp;b</Key><VersionId>1</VersionId><Code>AccessDenied</Code><Message>not allowed</Message></Error>";
    const deleted = "<DeleteResult><Deleted><Key>c</Key></Deleted></DeleteResult>";
    assert.equal(withDenied(deleted, denied), deleted.replace("</DeleteResult>", `${error}</DeleteResult>`));
    assert.equal(withDenied("<DeleteResult />", denied), `<DeleteResult >${error}</DeleteResult>`);
    assert.match(withDenied(nothingDeleted, denied), /<DeleteResult xmlns="[^"]*"><Error>.*<\/Error><\/DeleteResult>$/);
  });
});
