import { readStatements } from "../iam/policy-document.ts";
import { heldPolicy, policyKinds } from "./policy-holders.ts";
import type { ResourceRule } from "./rule.ts";

/** Rejects policies that cannot be read, because the other rules ignore them. */
const readable: ResourceRule = {
  name: "policy-document-readable",
  description: "A policy is JSON with statements.",
  check: (resource) =>
    policyKinds
      .map((kind) => heldPolicy(resource, kind))
      .filter((document) => document !== undefined && readStatements(document) === undefined)
      .map(() => "The policy is not a JSON object with a list of statements; write it with JSON.stringify."),
};

export const policyDocumentRules = [readable];
