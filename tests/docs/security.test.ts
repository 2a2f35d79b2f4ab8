import assert from "node:assert/strict";
import { deployPermissions } from "../../infra/github/deploy-permissions.ts";
import { driftPermissions } from "../../infra/github/drift-permissions.ts";
import { previewPermissions } from "../../infra/github/preview-permissions.ts";
import {
  exampleAccessedStack,
  exampleGithub,
  githubRoleArns,
  providerArn,
} from "../infra/configuration/example-stack.ts";
import { listedPermissions, statementCells } from "./listed-permissions.ts";

const own = { roleArns: githubRoleArns, oidcProviderArn: providerArn };

describe("docs/security.md", () => {
  const roles = {
    "deploy role": deployPermissions(exampleAccessedStack, exampleGithub, own),
    "preview role": previewPermissions(exampleAccessedStack, exampleGithub),
    "drift role": driftPermissions(exampleAccessedStack, exampleGithub, own),
  };
  for (const [role, statements] of Object.entries(roles))
    it(`lists each permission of the ${role}`, () => {
      assert.deepEqual(listedPermissions(role), statements.map(statementCells));
    });
});
