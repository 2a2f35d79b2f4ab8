import { s3Arn } from "../../service-model/arn.ts";
import type { GithubConfiguration } from "../configuration/github-configuration.ts";
import { allow, type PolicyStatement } from "../permissions/policy.ts";
import type { AccessedStack } from "./accessed-stack.ts";

export type StatePlace = Pick<GithubConfiguration, "stateBackend" | "stateKeyArn">;

/**
 * Returns the ARNs of the objects that hold a stack's state in a bucket.
 * Source: https://github.com/pulumi/pulumi/tree/master/pkg/backend/diy (store.go, lock.go, stack_tags.go, journal.go)
 */
function stateObjects(stack: AccessedStack, backend: string) {
  const root = backend.replace(/^s3:\/\//, "");
  const object = (path: string) => s3Arn(`${root}/.pulumi/${path}`, stack.partition);
  const own = `${stack.project}/${stack.stack}`;
  return {
    bucket: s3Arn(root.split("/")[0] as string, stack.partition),
    format: object("meta.yaml"),
    // The pattern includes the endings .gz, .zst and .bak.
    checkpoint: object(`stacks/${own}.json*`),
    tags: object(`stacks/${own}.pulumi-tags`),
    journal: object(`journal/${own}/*`),
    // The journal, the history, the backups and the locks. Locks are below the name of an organisation.
    folders: object(`*/${own}/*`),
  };
}

/**
 * Returns the permission to list the state's bucket. Without it, S3 answers "access denied" instead of "not found" for an object
 * that does not exist yet, such as a new stack's tags. A condition on the prefix would not match these requests for objects.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html (Permissions)
 */
function listState(bucket: string): PolicyStatement {
  return allow("ListState", ["s3:ListBucket"], [bucket]);
}

function useStateKey(actions: readonly string[], { stateKeyArn }: StatePlace): PolicyStatement {
  return allow("UseKeyOfState", actions, stateKeyArn === undefined ? [] : [stateKeyArn]);
}

/** Returns the permissions of a preview to read the state. It takes no lock and writes nothing (`Preview` in backend.go). */
export function readStatePermissions(stack: AccessedStack, place: StatePlace): readonly PolicyStatement[] {
  const key = useStateKey(["kms:Decrypt"], place);
  if (place.stateBackend === undefined) return [key];
  const { bucket, format, checkpoint, tags, journal } = stateObjects(stack, place.stateBackend);
  return [listState(bucket), allow("ReadState", ["s3:GetObject"], [format, checkpoint, tags, journal]), key];
}

/** Returns the permissions of an update to read and write this stack's state, history, backups and locks. */
export function writeStatePermissions(stack: AccessedStack, place: StatePlace): readonly PolicyStatement[] {
  const key = useStateKey(["kms:Decrypt", "kms:GenerateDataKey"], place);
  if (place.stateBackend === undefined) return [key];
  const { bucket, format, checkpoint, tags, folders } = stateObjects(stack, place.stateBackend);
  return [
    listState(bucket),
    allow("ReadStateFormat", ["s3:GetObject"], [format]),
    allow("WriteState", ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"], [checkpoint, tags, folders]),
    key,
  ];
}
