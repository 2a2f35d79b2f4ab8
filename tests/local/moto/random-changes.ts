import fc from "fast-check";

/** The method, path, headers and body of a request that changes state. The path `/iam` stands for IAM. */
export type ChangingRequest = readonly [
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: string,
];

const bucket = fc.constantFrom("bucket-a", "bucket-b", "bucket-a-b");
const key = fc.constantFrom("k", "folder/k", "%C3%BC%20%2B", "a(1)", "a%281%29");
const content = fc.constantFrom("1", "2", "3");
const version = fc.nat({ max: 20 }).map((number) => `{version ${number}}`);
const role = fc.constantFrom("train", "train-2", "other");
const policy = fc.constantFrom("p", "q");

const put = (place: string, body: string, headers: Record<string, string> = {}): ChangingRequest => [
  "PUT",
  place,
  headers,
  body,
];
const iam = (action: string, form: Record<string, string>): ChangingRequest => [
  "POST",
  "/iam",
  {},
  new URLSearchParams({ Action: action, Version: "2010-05-08", ...form }).toString(),
];
const tags = (value: string) => `<Tagging><TagSet><Tag><Key>t</Key><Value>${value}</Value></Tag></TagSet></Tagging>`;
const document = (about: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "s3:*", Resource: `arn:aws:s3:::${about}/*` }],
  });
const attached = "arn:aws:iam::aws:policy/ReadOnlyAccess";

const object = fc.tuple(bucket, key).map(([name, path]) => `/${name}/${path}`);
const objectHeaders = fc.constantFrom<Record<string, string>>(
  {},
  {},
  { "x-amz-meta-m": "v" },
  { "x-amz-tagging": "a=b" },
  { "x-amz-acl": "public-read" },
  { "If-None-Match": "*" },
);

const objects = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(object, content, objectHeaders).map(([to, text, headers]) => put(to, text, headers)),
  },
  { weight: 4, arbitrary: fc.tuple(object, content).map(([to, text]) => put(to, text)) },
  { weight: 3, arbitrary: object.map((from): ChangingRequest => ["DELETE", from, {}, ""]) },
  fc.tuple(object, version).map(([from, id]): ChangingRequest => ["DELETE", `${from}?versionId=${id}`, {}, ""]),
  fc.tuple(object, object).map(([to, from]) => put(to, "", { "x-amz-copy-source": from })),
  fc.tuple(object, content).map(([to, text]) => put(`${to}?tagging`, tags(text))),
  object.map((of): ChangingRequest => ["DELETE", `${of}?tagging`, {}, ""]),
  fc
    .tuple(bucket, fc.subarray(["k", "folder/k", "ü +", "a(1)"], { minLength: 1 }))
    .map(([from, keys]): ChangingRequest => {
      const each = keys.map((name) => `<Object><Key>${name}</Key></Object>`).join("");
      return ["POST", `/${from}?delete`, {}, `<Delete>${each}</Delete>`];
    }),
);

const encryption = (algorithm: string) =>
  `<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>${algorithm}</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>`;

const buckets = fc.oneof(
  { weight: 2, arbitrary: bucket.map((name) => put(`/${name}`, "")) },
  { weight: 2, arbitrary: bucket.map((name): ChangingRequest => ["DELETE", `/${name}`, {}, ""]) },
  { weight: 2, arbitrary: fc.tuple(bucket, content).map(([name, text]) => put(`/${name}?tagging`, tags(text))) },
  bucket.map((name): ChangingRequest => ["DELETE", `/${name}?tagging`, {}, ""]),
  fc
    .tuple(bucket, fc.constantFrom("Enabled", "Suspended"))
    .map(([name, status]) =>
      put(`/${name}?versioning`, `<VersioningConfiguration><Status>${status}</Status></VersioningConfiguration>`),
    ),
  fc
    .tuple(bucket, fc.constantFrom("AES256", "aws:kms"))
    .map(([name, algorithm]) => put(`/${name}?encryption`, encryption(algorithm))),
  fc
    .tuple(bucket, fc.constantFrom("private", "public-read"))
    .map(([name, acl]) => put(`/${name}?acl`, "", { "x-amz-acl": acl })),
  fc
    .tuple(bucket, fc.constantFrom("BucketOwnerEnforced", "ObjectWriter"))
    .map(([name, owner]) =>
      put(
        `/${name}?ownershipControls`,
        `<OwnershipControls><Rule><ObjectOwnership>${owner}</ObjectOwnership></Rule></OwnershipControls>`,
      ),
    ),
);

const roles = fc.oneof(
  { weight: 2, arbitrary: role.map((name) => iam("CreateRole", { RoleName: name, AssumeRolePolicyDocument: "{}" })) },
  { weight: 2, arbitrary: role.map((name) => iam("DeleteRole", { RoleName: name })) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(role, policy, bucket)
      .map(([name, as, about]) =>
        iam("PutRolePolicy", { RoleName: name, PolicyName: as, PolicyDocument: document(about) }),
      ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(role, policy).map(([name, as]) => iam("DeleteRolePolicy", { RoleName: name, PolicyName: as })),
  },
  fc.tuple(role, content).map(([name, sid]) =>
    iam("UpdateAssumeRolePolicy", {
      RoleName: name,
      PolicyDocument: JSON.stringify({ Version: sid, Statement: [] }),
    }),
  ),
  role.map((name) => iam("AttachRolePolicy", { RoleName: name, PolicyArn: attached })),
  role.map((name) => iam("DetachRolePolicy", { RoleName: name, PolicyArn: attached })),
  fc
    .tuple(role, content)
    .map(([name, value]) => iam("TagRole", { RoleName: name, "Tags.member.1.Key": "t", "Tags.member.1.Value": value })),
  policy.map((name) => iam("CreatePolicy", { PolicyName: name, PolicyDocument: document("x") })),
);

/**
 * Generates changes of buckets, objects and roles, about half of which are rejected. When a bucket is created again, its tags
 * are removed, as the endpoint does, because moto still has the tags of the deleted bucket.
 */
export const randomChanges = fc
  .array(
    fc.oneof({ weight: 5, arbitrary: objects }, { weight: 3, arbitrary: buckets }, { weight: 2, arbitrary: roles }),
    {
      minLength: 5,
      maxLength: 60,
      size: "max",
    },
  )
  .map((changes) => [
    ...["bucket-a", "bucket-b"].map((name) => put(`/${name}`, "")),
    iam("CreateRole", { RoleName: "train", AssumeRolePolicyDocument: "{}" }),
    ...changes.flatMap((change): ChangingRequest[] =>
      change[0] === "PUT" && /^\/[a-z-]+$/.test(change[1])
        ? [change, ["DELETE", `${change[1]}?tagging`, {}, ""]]
        : [change],
    ),
  ]);
