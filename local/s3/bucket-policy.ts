import { S3Error } from "./s3-error.ts";

const malformed = (message: string) => new S3Error("MalformedPolicy", message);

type Statement = Readonly<Record<string, unknown>>;

/**
 * Checks that S3 would accept a text as the policy of a bucket. The endpoint stores the policy and applies it to requests of
 * roles, but never to requests of users: the endpoint speaks plain HTTP, so a policy that demands TLS, as every bucket's
 * should, would deny all of them.
 *
 * @throws S3Error `MalformedPolicy`
 */
export function checkPolicy(text: string, bucket: string): void {
  if (!text.startsWith("{")) throw malformed("Policies must be valid JSON and the first byte must be '{'");
  const statements = statementsOf(text);
  if (statements.length === 0) throw malformed("Missing required field Statement");
  for (const statement of statements) {
    for (const field of ["Effect", "Principal", "Action", "Resource"]) {
      if (statement[field] === undefined && statement[`Not${field}`] === undefined) {
        throw malformed(`Missing required field ${field}`);
      }
    }
    if (statement["Effect"] !== "Allow" && statement["Effect"] !== "Deny") {
      throw malformed(`Invalid effect: ${statement["Effect"]}`);
    }
    for (const resource of listOf(statement["Resource"])) {
      const named = /^arn:[^:]+:s3:::([^/]*)/.exec(String(resource))?.[1];
      if (named !== bucket) throw malformed("Policy has invalid resource");
    }
  }
}

/** Tells whether a policy opens the bucket to everyone: it has an Allow for every principal without a condition. */
export function isPublic(text: string): boolean {
  return statementsOf(text).some(
    ({ Effect, Principal, Condition }) => Effect === "Allow" && Condition === undefined && isAnyone(Principal),
  );
}

function isAnyone(principal: unknown): boolean {
  if (principal === "*") return true;
  const aws = typeof principal === "object" && principal !== null && "AWS" in principal ? principal.AWS : undefined;
  return listOf(aws).includes("*");
}

function statementsOf(text: string): readonly Statement[] {
  let policy: unknown;
  try {
    policy = JSON.parse(text);
  } catch {
    throw malformed("This policy contains invalid Json");
  }
  const { Statement } = policy as { Statement?: unknown };
  const statements = listOf(Statement);
  if (statements.some((each) => typeof each !== "object" || each === null)) {
    throw malformed("Statement must be an object or a list of objects");
  }
  return statements as readonly Statement[];
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
