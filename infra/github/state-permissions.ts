import type { GithubConfiguration } from "../configuration/github-configuration.ts";
import { allow, type PolicyStatement } from "../permissions/policy.ts";
import { type AccessedStack, s3Arn } from "./accessed-stack.ts";

export type StatePlace = Pick<GithubConfiguration, "stateBackend" | "stateKeyArn">;

/**
 * The objects of a stack's state in a bucket, as ARNs.
 * Source: https://github.com/pulumi/pulumi/tree/master/pkg/backend/diy (store.go, lock.go, stack_tags.go, journal.go)
 */
function stateObjects(stack: AccessedStack, backend: string) {
  const root = backend.replace(/^s3:\/\//, "");
  const object = (path: string) => s3Arn(stack, `${root}/.pulumi/${path}`);
  const own = `${stack.project}/${stack.stack}`;
  return {
    bucket: s3Arn(stack, root.split("/")[0] as string),
    format: object("meta.yaml"),
    // With its endings .gz, .zst and .bak.
    checkpoint: object(`stacks/${own}.json*`),
    tags: object(`stacks/${own}.pulumi-tags`),
    journal: object(`journal/${own}/*`),
    // The journal, the history, the backups, and the locks, which are below the name of an organisation.
    folders: object(`*/${own}/*`),
  };
}

/**
 * Who may not list a bucket is told "access denied" instead of "not found" of an object that is not there, such as a stack's
 * first tags; as a request for an object has no prefix, the list cannot be limited to one.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html (Permissions)
 */
function listState(bucket: string): PolicyStatement {
  return allow("ListState", ["s3:ListBucket"], [bucket]);
}

function useStateKey(actions: readonly string[], { stateKeyArn }: StatePlace): PolicyStatement {
  return allow("UseKeyOfState", actions, stateKeyArn === undefined ? [] : [stateKeyArn]);
}

/** What a preview reads of the state. It takes no lock and leaves nothing there (`Preview` in backend.go). */
export function readState(stack: AccessedStack, place: StatePlace): readonly PolicyStatement[] {
  const key = useStateKey(["kms:Decrypt"], place);
  if (place.stateBackend === undefined) return [key];
  const { bucket, format, checkpoint, tags, journal } = stateObjects(stack, place.stateBackend);
  return [listState(bucket), allow("ReadState", ["s3:GetObject"], [format, checkpoint, tags, journal]), key];
}

/** What an update reads and writes: the state of this one stack, its history and backups, and its locks. */
export function writeState(stack: AccessedStack, place: StatePlace): readonly PolicyStatement[] {
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
