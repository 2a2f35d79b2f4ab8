import { readStatements } from "../iam/policy-document.ts";
import { heldPolicy, policyKinds } from "./policy-holders.ts";
import type { ResourceRule } from "./rule.ts";

/** A policy that cannot be read is right by no other rule. */
const readable: ResourceRule = {
  name: "policy-document-readable",
  description: "A policy is JSON with statements.",
  check: (resource) =>
    policyKinds
      .map((kind) => heldPolicy(resource, kind))
      .filter((document) => document !== undefined && readStatements(document) === undefined)
      .map(() => "The policy is no JSON object with a list of statements; write it with JSON.stringify."),
};

export const policyDocumentRules = [readable];
