import { getPrincipalPolicySimulation, getRole } from "@pulumi/aws/iam/index.js";
import * as pulumi from "@pulumi/pulumi";
import { trustsSageMaker } from "./adopted-trust.ts";
import { errorLine } from "./error-line.ts";
import { type PolicyStatement, policyDocument } from "./permissions/policy.ts";
import { executionTrustPolicy } from "./service-trust.ts";
import { example, simulatedContexts } from "./simulated-contexts.ts";

/** The actions of a statement that a role is not allowed on all of its resources, in IAM's own simulation. */
async function missingActions(roleArn: string, statement: PolicyStatement): Promise<readonly string[]> {
  const simulations = await Promise.all(
    simulatedContexts(statement).map((context) =>
      getPrincipalPolicySimulation({
        policySourceArn: roleArn,
        actionNames: [...statement.Action],
        resourceArns: statement.Resource.map(example),
        contexts: context,
      }),
    ),
  );
  const results = simulations.flatMap((simulation) => simulation.results);
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

async function reportTrust(roleArn: string): Promise<void> {
  const [, partition = "", , , account = ""] = roleArn.split(":");
  const needed = executionTrustPolicy(partition, account, "*");
  try {
    const { assumeRolePolicy } = await getRole({ name: roleArn.split("/").at(-1) ?? "" });
    if (trustsSageMaker(assumeRolePolicy, account)) return;
    await pulumi.log.warn(
      `${roleArn} is not this stack's, and does not let SageMaker take it on for this account's pipelines and their jobs; have its owner trust it: ${needed}`,
    );
  } catch (error) {
    await pulumi.log.warn(
      `${roleArn} is not this stack's, and whom it trusts cannot be found out (${errorLine(error)}); the pipelines need: ${needed}`,
    );
  }
}

async function reportPermissions(roleArn: string, statements: readonly PolicyStatement[]): Promise<void> {
  try {
    const missing = await missingStatements(roleArn, statements);
    if (missing.length === 0) return;
    await pulumi.log.warn(
      `${roleArn} is not this stack's, and may not do all that the pipelines need; have its owner add: ${policyDocument(missing)}`,
    );
  } catch (error) {
    await pulumi.log.warn(
      `${roleArn} is not this stack's, and what it may do cannot be found out (${errorLine(error)}); the pipelines need: ${policyDocument(statements)}`,
    );
  }
}

/**
 * Says what a role that the stack does not own lacks to run its pipelines, the trust in SageMaker and permissions: its owner
 * has to give them. Nothing is attached to it.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
 */
export async function reportMissingPermissions(roleArn: string, statements: readonly PolicyStatement[]): Promise<void> {
  await reportTrust(roleArn);
  await reportPermissions(roleArn, statements);
}
