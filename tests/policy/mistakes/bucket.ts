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
  [
    "bucket-versioning",
    "a versioning resource for another bucket only",
    given(type("bucketVersioning"), { bucket: "other" }),
    /needs/,
  ],
  ["bucket-public-access-block", "no public access block", without(block), /needs a BucketPublicAccessBlock/],
  [
    "bucket-public-access-block",
    "new public ACLs allowed",
    given(block, { blockPublicAcls: false }),
    /blockPublicAcls/,
  ],
  [
    "bucket-public-access-block",
    "new public policies allowed",
    given(block, { blockPublicPolicy: false }),
    /blockPublicPolicy/,
  ],
  [
    "bucket-public-access-block",
    "existing public ACLs in effect",
    given(block, { ignorePublicAcls: false }),
    /ignorePublicAcls/,
  ],
  [
    "bucket-public-access-block",
    "existing public policies in effect",
    given(block, { restrictPublicBuckets: false }),
    /restrictPublic/,
  ],
  [
    "bucket-ownership",
    "objects that other accounts own",
    given(type("bucketOwnershipControls"), { rule: { objectOwnership: "BucketOwnerPreferred" } }),
    /BucketOwnerEnforced/,
  ],
  ["bucket-encryption", "no encryption configured", without(encryption), /needs a BucketServerSideEncryption/],
  [
    "bucket-old-versions",
    "old versions that are kept for ever",
    lifecycle(uploads),
    /needs .* noncurrentVersionExpiration/,
  ],
  [
    "bucket-old-versions",
    "old versions that are deleted below one prefix only",
    lifecycle(uploads, { ...versions, filter: { prefix: "runs/" } }),
    /for all objects/,
  ],
  [
    "bucket-old-versions",
    "a disabled rule about old versions",
    lifecycle(uploads, { ...versions, status: "Disabled" }),
    /noncurrentVersionExpiration/,
  ],
  [
    "bucket-unfinished-uploads",
    "parts of uploads that are kept for ever",
    lifecycle(versions),
    /needs .* abortIncompleteMultipartUpload/,
  ],
  ["bucket-encrypted-transport", "no bucket policy", without(policyType), /aws:SecureTransport/],
  [
    "bucket-encrypted-transport",
    "a TLS rule for one account only",
    everyStatement({ Principal: { AWS: account } }),
    /denies everyone/,
  ],
  ["bucket-encrypted-transport", "a TLS rule for one action only", everyStatement({ Action: "s3:GetObject" }), /s3:\*/],
  [
    "bucket-encrypted-transport",
    "a rule that denies TLS",
    everyStatement({ Condition: { Bool: { "aws:SecureTransport": "true" } } }),
    /is false/,
  ],
  [
    "bucket-encrypted-transport",
    "a TLS rule without the objects",
    everyStatement({ Resource: [`arn:aws:s3:::training-${account}`] }),
    /and its objects/,
  ],
];

const access: readonly Mistake[] = [
  {
    rule: "bucket-keeps-current",
    what: "a bucket that deletes current objects after a year",
    change: lifecycle(versions, uploads, { id: "runs", status: "Enabled", expiration: { days: 365 } }),
    says: /rule runs deletes objects by age/,
  },
  {
    rule: "bucket-keeps-current",
    what: "a bucket that deletes all objects on a date",
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
    what: "an object that any AWS account can read",
    change: added("aws:s3/bucketObjectv2:BucketObjectv2", { key: "a", acl: "authenticated-read" }),
    says: /authenticated-read/,
  },
  {
    rule: "bucket-deletion",
    what: "a bucket with neither protection nor forceDestroy",
    change: given(bucket, { forceDestroy: false }, false),
    says: /can be deleted by mistake/,
  },
  {
    rule: "bucket-deletion",
    what: "a bucket with both protection and forceDestroy",
    change: given(bucket, { forceDestroy: true }, true),
    says: /has both protect and forceDestroy/,
  },
  {
    rule: "resource-policy-not-public",
    what: "a bucket that everybody can read",
    change: oneMore({ Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::b/*" }),
    says: /lets everybody in/,
  },
  {
    rule: "resource-policy-confused-deputy",
    what: "a bucket that a service may write to for any account",
    change: oneMore({
      ...{ Effect: "Allow", Principal: { Service: "logging.s3.amazonaws.com" } },
      ...{ Action: "s3:PutObject", Resource: "arn:aws:s3:::b/*" },
    }),
    says: /logging\.s3\.amazonaws\.com in for any account/,
  },
  {
    rule: "policy-document-readable",
    what: "a policy that is not valid JSON",
    change: added("aws:sqs/queuePolicy:QueuePolicy", { policy: policy({ Effect: "Deny" }).slice(0, -1) }),
    says: /not a JSON object with a list of statements/,
  },
];

export const bucketMistakes: readonly Mistake[] = [
  ...settings.map(([rule, what, change, says]) => ({ rule, what: `a bucket with ${what}`, change, says })),
  ...access,
];
