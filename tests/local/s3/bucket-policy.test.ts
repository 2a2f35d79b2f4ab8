import assert from "node:assert/strict";
import { checkPolicy, isPublic } from "../../../local/s3/bucket-policy.ts";

const statement = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "arn:aws:s3:::b/*" };
const policy = (...Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });

describe("the policy of a bucket", () => {
  it("is accepted in the forms that S3 accepts", () => {
    checkPolicy(policy(statement), "b");
    checkPolicy(
      JSON.stringify({ Statement: { ...statement, Resource: ["arn:aws-cn:s3:::b", "arn:aws:s3:::b/a/*"] } }),
      "b",
    );
    const { Principal: _, ...without } = statement;
    checkPolicy(policy({ ...without, NotPrincipal: { AWS: "arn:aws:iam::123456789012:root" } }), "b");
  });

  const refused: readonly (readonly [string, string])[] = [
    ["", "Policies must be valid JSON and the first byte must be '{'"],
    [' {"Statement":[]}', "Policies must be valid JSON and the first byte must be '{'"],
    ["{", "This policy contains invalid Json"],
    ["{}", "Missing required field Statement"],
    [policy(), "Missing required field Statement"],
    ['{"Statement":["x"]}', "Statement must be an object or a list of objects"],
    ...["Effect", "Principal", "Action", "Resource"].map(
      (field) => [policy({ ...statement, [field]: undefined }), `Missing required field ${field}`] as const,
    ),
    [policy({ ...statement, Effect: "deny" }), "Invalid effect: deny"],
    [policy(statement, { ...statement, Resource: "arn:aws:s3:::other/*" }), "Policy has invalid resource"],
    [policy({ ...statement, Resource: ["arn:aws:s3:::b", "*"] }), "Policy has invalid resource"],
  ];
  for (const [text, message] of refused)
    it(`is rejected: ${text}`, () => {
      assert.throws(() => checkPolicy(text, "b"), { code: "MalformedPolicy", message });
    });

  const allow = { ...statement, Effect: "Allow" };
  const audiences: readonly (readonly [object, boolean])[] = [
    [statement, false],
    [allow, true],
    [{ ...allow, Principal: { AWS: "*" } }, true],
    [{ ...allow, Principal: { AWS: ["arn:aws:iam::123456789012:root", "*"] } }, true],
    [{ ...allow, Principal: { AWS: "arn:aws:iam::123456789012:root" } }, false],
    [{ ...allow, Principal: { Service: "logging.s3.amazonaws.com" } }, false],
    [{ ...allow, Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } } }, false],
  ];
  for (const [each, expected] of audiences)
    it(`is ${expected ? "" : "not "}public: ${JSON.stringify(each)}`, () => {
      assert.equal(isPublic(policy(each)), expected);
    });
});
