import assert from "node:assert/strict";
import { deployTrustPolicy, driftTrustPolicy, previewTrustPolicy } from "../../../infra/github/trust-policy.ts";
import { exampleGithub, providerArn } from "../configuration/example-stack.ts";
import { opens } from "./simulation.ts";
import { tokens } from "./tokens.ts";

type Values = Record<string, string | readonly string[]>;

interface TrustPolicy {
  readonly Statement: { Principal: object; Action: string; Condition: Record<string, Values> }[];
}

const policies = {
  deploy: deployTrustPolicy(exampleGithub, providerArn),
  preview: previewTrustPolicy(exampleGithub, providerArn),
  drift: driftTrustPolicy(exampleGithub, providerArn),
};
type Role = keyof typeof policies;
const roles: readonly Role[] = ["deploy", "preview", "drift"];

/** Returns the tokens that a trust policy wrongly accepts or rejects. */
async function wrongAnswers(role: Role, policy: string): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const [what, token, opened] of tokens) if ((await opens(policy, token)) !== (opened === role)) wrong.push(what);
  return wrong;
}

/** Returns the policy with changed conditions. */
function changed(role: Role, change: (conditions: Record<string, Values>) => void): string {
  const policy = JSON.parse(policies[role]) as TrustPolicy;
  for (const { Condition } of policy.Statement) change(Condition);
  return JSON.stringify(policy);
}

function conditions(role: Role): readonly (readonly [operator: string, key: string, values: Values[string]])[] {
  const { Statement } = JSON.parse(policies[role]) as TrustPolicy;
  return Statement.flatMap(({ Condition }) =>
    Object.entries(Condition).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => [operator, key, values] as const),
    ),
  );
}

describe("the trust policies of the workflows' roles", () => {
  for (const [what, token, opened] of tokens)
    it(`${opened === "none" ? "reject a token" : `accept a token for the ${opened} role only`}: ${what}`, async () => {
      for (const role of roles) assert.equal(await opens(policies[role], token), opened === role, role);
    });

  for (const role of roles)
    for (const [operator, key, values] of conditions(role)) {
      it(`need the ${role} role's condition on ${key.split(":")[1]}`, async () => {
        const policy = changed(role, (all) => delete all[operator]?.[key]);
        assert.notDeepEqual(await wrongAnswers(role, policy), []);
      });
      const several = typeof values === "string" ? [] : values;
      for (const value of several)
        it(`need the value ${value} for the ${role} role`, async () => {
          const policy = changed(role, (all) => {
            (all[operator] as Values)[key] = several.filter((other) => other !== value);
          });
          assert.notDeepEqual(await wrongAnswers(role, policy), []);
        });
    }

  it("trust only GitHub's provider, and use only operators that fail on a missing claim", () => {
    for (const role of roles) {
      const { Statement } = JSON.parse(policies[role]) as TrustPolicy;
      assert.deepEqual(
        Statement.map(({ Principal, Action }) => ({ Principal, Action })),
        [{ Principal: { Federated: providerArn }, Action: "sts:AssumeRoleWithWebIdentity" }],
      );
      for (const [operator] of conditions(role)) assert.match(operator, /^String(Equals|Like)$/);
    }
  });

  it("have a wildcard only for the pull request's number", () => {
    const wild = roles.flatMap((role) =>
      conditions(role).flatMap(([, , values]) => [values].flat().filter((value) => /[*?$]/.test(value))),
    );
    assert.deepEqual(wild, ["octo-org/octo-repo/.github/workflows/preview.yml@refs/pull/*/merge"]);
  });
});
