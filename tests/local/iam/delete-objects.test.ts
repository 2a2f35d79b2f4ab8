import assert from "node:assert/strict";
import { deleteCall, nothingDeleted, readDelete, withDenied, writeDelete } from "../../../local/iam/delete-objects.ts";

const request = (inside: string) =>
  `<?xml version="1.0"?>\n<Delete xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${inside}</Delete>`;

describe("a request that removes several objects", () => {
  const bodies: readonly (readonly [string, string, readonly string[]])[] = [
    [
      "keys",
      "<Object><Key>a</Key></Object><Object><Key>b/c</Key></Object>",
      ["s3:DeleteObject a", "s3:DeleteObject b/c"],
    ],
    ["a version", "<Object><Key>a</Key><VersionId>1</VersionId></Object>", ["s3:DeleteObjectVersion a"]],
    ["marks", "<Object><Key>a&amp;b&#x2F;&lt;</Key></Object>", ["s3:DeleteObject a&b/<"]],
    ["space", "\n <Object>\n <Key> a</Key>\n </Object>\n", ["s3:DeleteObject  a"]],
  ];
  for (const [what, inside, expected] of bodies)
    it(`is asked about for each of them: ${what}`, () => {
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
    ["no XML", "a"],
    ["none", request("")],
    ["no key", request("<Object></Object>")],
    ["what another reader could read otherwise", request("<!-- <Object> --><Object><Key>a</Key></Object>")],
    ["a section", request("<Object><Key><![CDATA[a]]></Key></Object>")],
    ["a document type", `<!DOCTYPE d [<!ENTITY a "b">]>${request("<Object><Key>a</Key></Object>")}`],
  ];
  for (const [what, body] of wrong)
    it(`is refused with ${what}`, () => {
      assert.equal(readDelete(body), undefined);
    });

  it("keeps whether it is to be quiet", () => {
    const quiet = readDelete(request("<Quiet>true</Quiet><Object><Key>a</Key></Object>"));
    assert.match(quiet === undefined ? "" : writeDelete(quiet), /<Quiet>true<\/Quiet>/);
  });

  it("is answered with the ones that stay", () => {
    const denied = [{ object: { Key: "a&b", VersionId: "1" }, message: "not allowed" }];
    const error =
      "<Error><Key>a&amp;b</Key><VersionId>1</VersionId><Code>AccessDenied</Code><Message>not allowed</Message></Error>";
    const deleted = "<DeleteResult><Deleted><Key>c</Key></Deleted></DeleteResult>";
    assert.equal(withDenied(deleted, denied), deleted.replace("</DeleteResult>", `${error}</DeleteResult>`));
    assert.equal(withDenied("<DeleteResult />", denied), `<DeleteResult >${error}</DeleteResult>`);
    assert.match(withDenied(nothingDeleted, denied), /<DeleteResult xmlns="[^"]*"><Error>.*<\/Error><\/DeleteResult>$/);
  });
});
