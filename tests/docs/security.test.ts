import assert from "node:assert/strict";
import { definitionBody } from "#language";
import { deployPermissions } from "../../infra/github/deploy-permissions.ts";
import { previewPermissions } from "../../infra/github/preview-permissions.ts";
import { executionPermissions } from "../../infra/permissions/execution-permissions.ts";
import { type PolicyStatement, policyDocument } from "../../infra/permissions/policy.ts";
import { getPipeline } from "../../pipelines/abalone/pipeline.ts";
import { abaloneContext } from "../infra/abalone-context.ts";
import {
  exampleAccessedStack,
  exampleGithub,
  githubRoleArns,
  providerArn,
} from "../infra/configuration/example-stack.ts";
import { page, table, tableRows } from "./pages.ts";

const own = { roleArns: githubRoleArns, oidcProviderArn: providerArn };
const kmsKeyArn = "arn:aws:kms:eu-central-1:111122223333:key/bucket";
const network = { subnets: ["subnet-11111111"], securityGroupIds: ["sg-11111111"] };

/** Returns the policy of the execution role of the abalone pipeline, with a key and in a network. */
function executionPolicy(): string {
  const { pipeline } = getPipeline({ ...abaloneContext, kmsKeyArn, network });
  const deployed = [{ folder: "abalone", definition: JSON.parse(definitionBody(pipeline)), prefix: "abalone" }];
  const place = {
    partition: "aws",
    region: "eu-central-1",
    account: "111122223333",
    bucketName: "artifacts",
    kmsKeyArn,
  };
  return policyDocument(executionPermissions(deployed, place).statements);
}

/** Returns the first two cells of a statement's row: its Sid, and its actions after the name of their service. */
function cells({ Sid, Action }: PolicyStatement): readonly string[] {
  const [service] = (Action[0] ?? "").split(":");
  return [`\`${Sid}\``, `\`${service}\`: ${Action.map((action) => action.split(":")[1]).join(", ")}`];
}

describe("docs/security.md", () => {
  const policies: readonly (readonly [header: string, policy: string])[] = [
    ["execution role", executionPolicy()],
    ["deploy role", policyDocument(deployPermissions(exampleAccessedStack, exampleGithub, own))],
    ["preview role", policyDocument(previewPermissions(exampleAccessedStack, exampleGithub))],
  ];
  for (const [header, policy] of policies)
    it(`lists each permission of the ${header}`, () => {
      const rows = tableRows(table(page("docs/security.md"), header), /^`/).map((row) => row.slice(0, 2));
      assert.deepEqual(rows, JSON.parse(policy).Statement.map(cells));
    });
});
