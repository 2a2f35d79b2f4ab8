import { account, policy } from "./example-stack.ts";
import { added, given, type Mistake, ofType, statements, without } from "./mistake.ts";

const type = (name: string) => `aws:s3/${name}:${name[0]?.toUpperCase()}${name.slice(1)}`;
const [bucket, block, policyType] = [type("bucket"), type("bucketPublicAccessBlock"), type("bucketPolicy")];
const encryption = type("bucketServerSideEncryptionConfiguration");

type Props = Record<string, unknown>;
const everyStatement = (change: Props) =>
  statements(ofType(policyType), "policy", (all) => all.map((statement) => ({ ...statement, ...change })));
const oneMore = (statement: Props) => statements(ofType(policyType), "policy", (all) => [...all, statement]);

const everything = { id: "everything", status: "Enabled", filter: { prefix: "" } };
const versions = { ...everything, noncurrentVersionExpiration: { noncurrentDays: 90 } };
const uploads = { ...everything, abortIncompleteMultipartUpload: { daysAfterInitiation: 7 } };
const lifecycle = (...rules: readonly Props[]) => given(type("bucketLifecycleConfiguration"), { rules });

const settings: readonly (readonly [string, string, Mistake["change"], RegExp])[] = [
  ["bucket-versioning", "no versioning", without(type("bucketVersioning")), /needs a BucketVersioning/],
  [
    "bucket-versioning",
    "versioning that is suspended",
    given(type("bucketVersioning"), { versioningConfiguration: { status: "Suspended" } }),
    /needs a BucketVersioning with status "Enabled"/,
  ],
  ["bucket-versioning", "versioning of another bucket", given(type("bucketVersioning"), { bucket: "other" }), /needs/],
  ["bucket-public-access-block", "no block", without(block), /needs a BucketPublicAccessBlock/],
  ["bucket-public-access-block", "new public ACLs", given(block, { blockPublicAcls: false }), /blockPublicAcls/],
  [
    "bucket-public-access-block",
    "new public policies",
    given(block, { blockPublicPolicy: false }),
    /blockPublicPolicy/,
  ],
  ["bucket-public-access-block", "old public ACLs", given(block, { ignorePublicAcls: false }), /ignorePublicAcls/],
  [
    "bucket-public-access-block",
    "old public policies",
    given(block, { restrictPublicBuckets: false }),
    /restrictPublic/,
  ],
  [
    "bucket-ownership",
    "objects of other owners",
    given(type("bucketOwnershipControls"), { rule: { objectOwnership: "BucketOwnerPreferred" } }),
    /BucketOwnerEnforced/,
  ],
  ["bucket-encryption", "no encryption said", without(encryption), /needs a BucketServerSideEncryption/],
  ["bucket-old-versions", "old versions for ever", lifecycle(uploads), /needs .* noncurrentVersionExpiration/],
  [
    "bucket-old-versions",
    "old versions of all but some objects",
    lifecycle(uploads, { ...versions, filter: { prefix: "runs/" } }),
    /for all objects/,
  ],
  [
    "bucket-old-versions",
    "old versions that a rule would drop",
    lifecycle(uploads, { ...versions, status: "Disabled" }),
    /noncurrentVersionExpiration/,
  ],
  ["bucket-unfinished-uploads", "parts for ever", lifecycle(versions), /needs .* abortIncompleteMultipartUpload/],
  ["bucket-encrypted-transport", "no policy", without(policyType), /aws:SecureTransport/],
  [
    "bucket-encrypted-transport",
    "principals that send plain text",
    everyStatement({ Principal: { AWS: account } }),
    /denies everyone/,
  ],
  ["bucket-encrypted-transport", "actions in plain text", everyStatement({ Action: "s3:GetObject" }), /s3:\*/],
  [
    "bucket-encrypted-transport",
    "encrypted requests refused",
    everyStatement({ Condition: { Bool: { "aws:SecureTransport": "true" } } }),
    /is false/,
  ],
  [
    "bucket-encrypted-transport",
    "objects that take plain text",
    everyStatement({ Resource: [`arn:aws:s3:::training-${account}`] }),
    /and its objects/,
  ],
];

const access: readonly Mistake[] = [
  {
    rule: "bucket-keeps-current",
    what: "a bucket that drops what is old",
    change: lifecycle(versions, uploads, { id: "runs", status: "Enabled", expiration: { days: 365 } }),
    says: /rule runs deletes objects by their age/,
  },
  {
    rule: "bucket-keeps-current",
    what: "a bucket that drops everything on a day",
    change: lifecycle(versions, uploads, { ...everything, expiration: { date: "2030-01-01T00:00:00Z" } }),
    says: /rule everything deletes/,
  },
  {
    rule: "bucket-acl-private",
    what: "a public ACL",
    change: added(type("bucketAcl"), { bucket: "training", acl: "public-read" }),
    says: /lets others in \(public-read\)/,
  },
  {
    rule: "bucket-acl-private",
    what: "a grant to everyone",
    change: added(type("bucketAcl"), {
      accessControlPolicy: { grants: [{ grantee: { uri: "http://acs.amazonaws.com/groups/global/AllUsers" } }] },
    }),
    says: /groups\/global\/AllUsers/,
  },
  {
    rule: "bucket-acl-private",
    what: "an object that any account reads",
    change: added("aws:s3/bucketObjectv2:BucketObjectv2", { key: "a", acl: "authenticated-read" }),
    says: /authenticated-read/,
  },
  {
    rule: "bucket-deletion",
    what: "a bucket that is neither protected nor to be lost",
    change: given(bucket, { forceDestroy: false }, false),
    says: /can be deleted by mistake/,
  },
  {
    rule: "bucket-deletion",
    what: "a bucket that is both protected and to be lost",
    change: given(bucket, { forceDestroy: true }, true),
    says: /is protected and has forceDestroy/,
  },
  {
    rule: "resource-policy-not-public",
    what: "a bucket that everybody reads",
    change: oneMore({ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::b/*" }),
    says: /lets everybody in/,
  },
  {
    rule: "resource-policy-confused-deputy",
    what: "a bucket that a service writes to for anyone",
    change: oneMore({
      ...{ Effect: "Allow", Principal: { Service: "logging.s3.amazonaws.com" } },
      ...{ Action: "s3:PutObject", Resource: "arn:aws:s3:::b/*" },
    }),
    says: /logging\.s3\.amazonaws\.com in for any account/,
  },
  {
    rule: "policy-document-readable",
    what: "a policy that is cut off",
    change: added("aws:sqs/queuePolicy:QueuePolicy", { policy: policy({ Effect: "Deny" }).slice(0, -1) }),
    says: /no JSON object with a list of statements/,
  },
];

export const bucketMistakes: readonly Mistake[] = [
  ...settings.map(([rule, what, change, says]) => ({ rule, what: `a bucket with ${what}`, change, says })),
  ...access,
];
