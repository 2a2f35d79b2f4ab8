import { demanded, readStatements, type Statement } from "../iam/policy-document.ts";
import { endsUnfinishedUploads, expiresCurrent, expiresOldVersions, lifecycleRules } from "./bucket-lifecycle.ts";
import type { Resource, ResourceRule, StackRule } from "./rule.ts";

type Props = Resource["props"];

/** A setting of a bucket that Pulumi declares as a separate resource, and the rule about it. */
interface BucketSetting {
  readonly name: string;
  readonly description: string;
  /** The part `<type>` of the type token `aws:s3/<type>:...`. The provider's older types add `V2`. */
  readonly type: string;
  readonly holds: (props: Props, bucketName: string) => boolean;
  readonly fix: string;
}

function part(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce((at, key) => (at as Record<string | number, unknown> | undefined)?.[key], value);
}

/** Tells whether a statement denies everyone all requests without TLS to the bucket and its objects. */
function deniesPlainText(statement: Statement, bucketName: string): boolean {
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
    description: "A bucket keeps old versions of its objects.",
    type: "bucketVersioning",
    holds: (props) => part(props, "versioningConfiguration", "status") === "Enabled",
    fix: 'a BucketVersioning with status "Enabled"',
  },
  {
    name: "bucket-public-access-block",
    description: "A bucket blocks public access.",
    type: "bucketPublicAccessBlock",
    holds: (props) => blocks.every((block) => props[block] === true),
    fix: `a BucketPublicAccessBlock with ${blocks.join(", ")}`,
  },
  {
    name: "bucket-ownership",
    description: "The account owns all objects of a bucket; there are no access control lists.",
    type: "bucketOwnershipControls",
    holds: (props) => part(props, "rule", "objectOwnership") === "BucketOwnerEnforced",
    fix: 'BucketOwnershipControls with "BucketOwnerEnforced"',
  },
  {
    name: "bucket-encryption",
    description: "A bucket names its encryption.",
    type: "bucketServerSideEncryptionConfiguration",
    holds: (props) =>
      /^(AES256|aws:kms(:dsse)?)$/.test(
        String(part(props, "rules", 0, "applyServerSideEncryptionByDefault", "sseAlgorithm")),
      ),
    fix: 'a BucketServerSideEncryptionConfiguration with "AES256" or "aws:kms"',
  },
  {
    name: "bucket-encrypted-transport",
    description: "A bucket denies requests without TLS.",
    type: "bucketPolicy",
    holds: (props, bucketName) =>
      readStatements(props["policy"])?.some((statement) => deniesPlainText(statement, bucketName)) === true,
    fix: "a BucketPolicy that denies everyone s3:* on the bucket and its objects where aws:SecureTransport is false",
  },
  {
    name: "bucket-old-versions",
    description: "A bucket deletes old versions after a time.",
    type: "bucketLifecycleConfiguration",
    holds: (props) => lifecycleRules(props).some(expiresOldVersions),
    fix: "a BucketLifecycleConfiguration with noncurrentVersionExpiration for all objects",
  },
  {
    name: "bucket-unfinished-uploads",
    description: "A bucket deletes the parts of unfinished uploads.",
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

/** Rejects both settings together, because `forceDestroy` would delete all objects as soon as the protection is removed. */
const deletion: ResourceRule = {
  name: "bucket-deletion",
  description: "A bucket is either protected or has `forceDestroy`, never both.",
  check: ({ type, props, protect }) => {
    if (!/^aws:s3\/bucket(V2)?:/.test(type) || protect !== (props["forceDestroy"] === true)) return [];
    return protect
      ? ["The bucket has both protect and forceDestroy; leave forceDestroy out."]
      : ["The bucket can be deleted by mistake; protect it, or set forceDestroy if the stack may be lost."];
  },
};

/** Rejects rules that delete objects by age, because registered models and the code of old executions stay in use. */
const keepsCurrent: ResourceRule = {
  name: "bucket-keeps-current",
  description: "No rule of a bucket deletes current objects.",
  check: ({ type, props }) =>
    /^aws:s3\/bucketLifecycleConfiguration(V2)?:/.test(type)
      ? lifecycleRules(props)
          .filter(expiresCurrent)
          .map(({ id }) => `The rule ${id} deletes objects by age, including models; leave its expiration out.`)
      : [],
};

export const bucketRules = [...settings.map(settingRule), keepsCurrent, privateLists, deletion];
