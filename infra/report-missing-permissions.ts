import { getPrincipalPolicySimulation } from "@pulumi/aws/iam/getPrincipalPolicySimulation.js";
import { getRole } from "@pulumi/aws/iam/getRole.js";
import * as pulumi from "@pulumi/pulumi";
import { arnParts } from "../service-model/arn.ts";
import { trustsSageMaker } from "./adopted-trust.ts";
import { errorLine } from "./error-line.ts";
import { type PolicyStatement, policyDocument } from "./permissions/policy.ts";
import { executionTrustPolicy } from "./service-trust.ts";
import { example, simulatedContexts } from "./simulated-contexts.ts";

/** Returns the actions of a statement that IAM's simulation denies the role on at least one resource. */
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

/** Returns the statements with the actions that the role is denied. @throws Error if the caller may not simulate the role */
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
  const { partition, account } = arnParts(roleArn);
  const needed = executionTrustPolicy(partition, account, "*");
  try {
    const { assumeRolePolicy } = await getRole({ name: roleArn.split("/").at(-1) ?? "" });
    if (trustsSageMaker(assumeRolePolicy, account)) return;
    await pulumi.log.warn(
      `${roleArn} exists outside this stack, and SageMaker cannot assume it for this account's pipelines and jobs; ask its owner to set this trust policy: ${needed}`,
    );
  } catch (error) {
    await pulumi.log.warn(
      `${roleArn} exists outside this stack, and its trust policy cannot be read (${errorLine(error)}); the pipelines need this trust policy: ${needed}`,
    );
  }
}

async function reportPermissions(roleArn: string, statements: readonly PolicyStatement[]): Promise<void> {
  try {
    const missing = await missingStatements(roleArn, statements);
    if (missing.length === 0) return;
    await pulumi.log.warn(
      `${roleArn} exists outside this stack, and lacks permissions that the pipelines need; ask its owner to add: ${policyDocument(missing)}`,
    );
  } catch (error) {
    await pulumi.log.warn(
      `${roleArn} exists outside this stack, and its permissions cannot be simulated (${errorLine(error)}); the pipelines need: ${policyDocument(statements)}`,
    );
  }
}

/**
 * Warns about the trust and the permissions that an existing role lacks for the stack's pipelines. The role's owner has to
 * add them, because the stack changes nothing about a role that it did not create.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
 */
export async function reportMissingPermissions(roleArn: string, statements: readonly PolicyStatement[]): Promise<void> {
  await reportTrust(roleArn);
  await reportPermissions(roleArn, statements);
}
