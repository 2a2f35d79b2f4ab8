import { getPrincipalPolicySimulation } from "@pulumi/aws/iam/index.js";
import * as pulumi from "@pulumi/pulumi";
import { type PolicyStatement, policyDocument } from "./policy.ts";

/** A resource as a call names it: a simulation knows no wildcards. */
function example(resource: string): string {
  return resource === "*" ? resource : resource.replaceAll("*", "example");
}

function contexts({ Condition = {} }: PolicyStatement) {
  return Object.values(Condition).flatMap((keys) =>
    Object.entries(keys).map(([key, values]) => ({
      key,
      type: key === "kms:GrantIsForAWSResource" ? "boolean" : "string",
      // A call has one value, and any of those that the condition lists will do.
      values: [values].flat().slice(0, 1).map(example),
    })),
  );
}

/** The actions of a statement that a role is not allowed on all of its resources, in IAM's own simulation. */
async function missingActions(roleArn: string, statement: PolicyStatement): Promise<readonly string[]> {
  const { results } = await getPrincipalPolicySimulation({
    policySourceArn: roleArn,
    actionNames: [...statement.Action],
    resourceArns: statement.Resource.map(example),
    contexts: contexts(statement),
  });
  const denied = new Set(results.filter(({ allowed }) => !allowed).map(({ actionName }) => actionName));
  return statement.Action.filter((action) => denied.has(action));
}

/** What a role lacks of some statements. @throws Error if nobody may simulate it */
async function missingStatements(
  roleArn: string,
  statements: readonly PolicyStatement[],
): Promise<readonly PolicyStatement[]> {
  const missing = await Promise.all(
    statements.map(async (statement) => ({ ...statement, Action: await missingActions(roleArn, statement) })),
  );
  return missing.filter(({ Action }) => Action.length > 0);
}

/**
 * Says what a role that the stack does not own lacks to run its pipelines: its owner has to allow it. Nothing is attached
 * to it.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
 */
export async function reportMissingPermissions(roleArn: string, statements: readonly PolicyStatement[]): Promise<void> {
  try {
    const missing = await missingStatements(roleArn, statements);
    if (missing.length === 0) return;
    await pulumi.log.warn(
      `${roleArn} is not this stack's, and may not do all that the pipelines need; have its owner add: ${policyDocument(missing)}`,
    );
  } catch (error) {
    const [why] = (error as Error).message.split("\n");
    await pulumi.log.warn(
      `${roleArn} is not this stack's, and what it may do cannot be found out (${why}); the pipelines need: ${policyDocument(statements)}`,
    );
  }
}
