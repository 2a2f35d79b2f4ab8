import { demanded, readStatements, type Statement } from "../iam/policy-document.ts";
import { endsUnfinishedUploads, expiresCurrent, expiresOldVersions, lifecycleRules } from "./bucket-lifecycle.ts";
import type { Resource, ResourceRule, StackRule } from "./rule.ts";

type Props = Resource["props"];

/** A setting of a bucket that is a resource of its own, and what it has to be. */
interface BucketSetting {
  readonly name: string;
  readonly description: string;
  /** As in the type token `aws:s3/<type>:...`; the provider's older types have `V2` behind it. */
  readonly type: string;
  readonly holds: (props: Props, bucketName: string) => boolean;
  readonly fix: string;
}

function part(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce((at, key) => (at as Record<string | number, unknown> | undefined)?.[key], value);
}

/** Whether a statement refuses everybody every request of the bucket, or its objects, that is not encrypted. */
function refusesPlainText(statement: Statement, bucketName: string): boolean {
  const { effect, principals, actions, resources } = statement;
  return (
    effect === "Deny" &&
    principals.some(({ id }) => id === "*") &&
    actions.some((action) => /^(s3:)?\*$/i.test(action)) &&
    [`:::${bucketName}`, `:::${bucketName}/*`].every((end) =>
      resources.some((arn) => arn === "*" || arn.endsWith(end)),
    ) &&
    demanded(statement, "aws:SecureTransport", ["Bool"])?.every((value) => value === "false") === true
  );
}

const blocks = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];

const settings: readonly BucketSetting[] = [
  {
    name: "bucket-versioning",
    description: "A bucket keeps what is overwritten or deleted.",
    type: "bucketVersioning",
    holds: (props) => part(props, "versioningConfiguration", "status") === "Enabled",
    fix: 'a BucketVersioning with status "Enabled"',
  },
  {
    name: "bucket-public-access-block",
    description: "A bucket cannot be made public.",
    type: "bucketPublicAccessBlock",
    holds: (props) => blocks.every((block) => props[block] === true),
    fix: `a BucketPublicAccessBlock with ${blocks.join(", ")}`,
  },
  {
    name: "bucket-ownership",
    description: "What is in a bucket belongs to its account; there are no access control lists.",
    type: "bucketOwnershipControls",
    holds: (props) => part(props, "rule", "objectOwnership") === "BucketOwnerEnforced",
    fix: 'BucketOwnershipControls with "BucketOwnerEnforced"',
  },
  {
    name: "bucket-encryption",
    description: "A bucket says how it encrypts.",
    type: "bucketServerSideEncryptionConfiguration",
    holds: (props) =>
      /^(AES256|aws:kms(:dsse)?)$/.test(
        String(part(props, "rules", 0, "applyServerSideEncryptionByDefault", "sseAlgorithm")),
      ),
    fix: 'a BucketServerSideEncryptionConfiguration with "AES256" or "aws:kms"',
  },
  {
    name: "bucket-encrypted-transport",
    description: "A bucket refuses requests that are not encrypted on their way.",
    type: "bucketPolicy",
    holds: (props, bucketName) =>
      readStatements(props["policy"])?.some((statement) => refusesPlainText(statement, bucketName)) === true,
    fix: "a BucketPolicy that denies everyone s3:* on the bucket and its objects where aws:SecureTransport is false",
  },
  {
    name: "bucket-old-versions",
    description: "A bucket drops what was overwritten or deleted, after a while.",
    type: "bucketLifecycleConfiguration",
    holds: (props) => lifecycleRules(props).some(expiresOldVersions),
    fix: "a BucketLifecycleConfiguration with noncurrentVersionExpiration for all objects",
  },
  {
    name: "bucket-unfinished-uploads",
    description: "A bucket drops the parts of uploads that nobody finished.",
    type: "bucketLifecycleConfiguration",
    holds: (props) => lifecycleRules(props).some(endsUnfinishedUploads),
    fix: "a BucketLifecycleConfiguration with abortIncompleteMultipartUpload for all objects",
  },
];

function ofType(resources: readonly Resource[], type: string): readonly Resource[] {
  return resources.filter((resource) => resource.type.split(":")[1]?.replace(/V2$/, "") === `s3/${type}`);
}

function settingRule({ name, description, type, holds, fix }: BucketSetting): StackRule {
  return {
    name,
    description,
    checkStack: (resources) => {
      const given = ofType(resources, type);
      return ofType(resources, "bucket")
        .filter((bucket) => {
          const bucketName = String(bucket.props["bucket"]);
          return !given.some(({ props }) => props["bucket"] === bucketName && holds(props, bucketName));
        })
        .map((resource) => ({ resource, message: `The bucket ${resource.props["bucket"]} needs ${fix}.` }));
    },
  };
}

const privateLists: ResourceRule = {
  name: "bucket-acl-private",
  description: "No access control list lets others into a bucket or an object.",
  check: ({ type, props }) => {
    if (!/^aws:s3\/(bucket(V2)?|bucketAcl(V2)?|bucketObject(v2)?|objectCopy):/.test(type)) return [];
    const acl = props["acl"] ?? "private";
    const isPrivate = acl === "private" || acl === "bucket-owner-full-control";
    const groups = JSON.stringify([props["accessControlPolicy"], props["grants"]]).match(/groups\/global\/\w+/g) ?? [];
    return [...(isPrivate ? [] : [String(acl)]), ...groups].map(
      (given) => `The access control list lets others in (${given}); leave it out.`,
    );
  },
};

/** Both together would only seem safe: with the protection gone, nothing else keeps what is in the bucket. */
const deletion: ResourceRule = {
  name: "bucket-deletion",
  description: "A bucket is protected, or made to be destroyed with everything in it; it is one of the two.",
  check: ({ type, props, protect }) => {
    if (!/^aws:s3\/bucket(V2)?:/.test(type) || protect !== (props["forceDestroy"] === true)) return [];
    return protect
      ? ["The bucket is protected and has forceDestroy; leave forceDestroy out."]
      : ["The bucket can be deleted by mistake; protect it or, on a stack that may be lost, set forceDestroy."];
  },
};

/** Registered models are among what runs wrote, and executions can be of old code: age does not tell what nobody needs. */
const keepsCurrent: ResourceRule = {
  name: "bucket-keeps-current",
  description: "No rule of a bucket deletes what is current.",
  check: ({ type, props }) =>
    /^aws:s3\/bucketLifecycleConfiguration(V2)?:/.test(type)
      ? lifecycleRules(props)
          .filter(expiresCurrent)
          .map(({ id }) => `The rule ${id} deletes objects by their age, models among them; leave its expiration out.`)
      : [],
};

export const bucketRules = [...settings.map(settingRule), keepsCurrent, privateLists, deletion];
