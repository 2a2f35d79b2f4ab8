import assert from "node:assert/strict";
import {
  deployTrustPolicy,
  devStackTrustPolicy,
  driftTrustPolicy,
  previewTrustPolicy,
} from "../../../infra/github/trust-policy.ts";
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
  devStacks: devStackTrustPolicy(exampleGithub, providerArn),
};
type Role = keyof typeof policies;
const roles: readonly Role[] = ["deploy", "preview", "drift", "devStacks"];

/** Returns the tokens that a trust policy wrongly accepts or rejects. */
async function wrongAnswers(role: Role, policy: string): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const [what, token, opened] of tokens) if ((await opens(policy, token)) !== (opened === role)) wrong.push(what);
  return wrong;
}

interface RoleCondition {
  /** The number of the statement. */
  readonly index: number;
  readonly operator: string;
  readonly key: string;
  readonly values: string | readonly string[];
}

/** Returns the policy with a condition that has other values, or none. */
function changed(role: Role, { index, operator, key }: RoleCondition, values?: readonly string[]): string {
  const policy = JSON.parse(policies[role]) as TrustPolicy;
  const keys = policy.Statement[index]?.Condition[operator] ?? {};
  if (values === undefined) delete keys[key];
  else keys[key] = values;
  return JSON.stringify(policy);
}

function conditions(role: Role): readonly RoleCondition[] {
  const { Statement } = JSON.parse(policies[role]) as TrustPolicy;
  return Statement.flatMap(({ Condition }, index) =>
    Object.entries(Condition).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => ({ index, operator, key, values })),
    ),
  );
}

describe("the trust policies of the workflows' roles", () => {
  for (const [what, token, opened] of tokens)
    it(`${opened === "none" ? "reject a token" : `accept a token for the ${opened} role only`}: ${what}`, async () => {
      for (const role of roles) assert.equal(await opens(policies[role], token), opened === role, role);
    });

  for (const role of roles)
    for (const condition of conditions(role)) {
      const { index, key, values } = condition;
      it(`need the ${role} role's condition on ${key.split(":")[1]} in statement ${index}`, async () => {
        assert.notDeepEqual(await wrongAnswers(role, changed(role, condition)), []);
      });
      const several = typeof values === "string" ? [] : values;
      for (const value of several)
        it(`need the value ${value} for the ${role} role`, async () => {
          const others = several.filter((other) => other !== value);
          assert.notDeepEqual(await wrongAnswers(role, changed(role, condition, others)), []);
        });
    }

  it("trust only GitHub's provider, and use only operators that fail on a missing claim", () => {
    for (const role of roles) {
      const { Statement } = JSON.parse(policies[role]) as TrustPolicy;
      for (const { Principal, Action } of Statement)
        assert.deepEqual([Principal, Action], [{ Federated: providerArn }, "sts:AssumeRoleWithWebIdentity"]);
      for (const { operator } of conditions(role)) assert.match(operator, /^String(Equals|Like)$/);
    }
  });

  it("have a wildcard only for the pull request's number, and for the branch of a reviewed dev stack", () => {
    const wild = roles.flatMap((role) =>
      conditions(role).flatMap(({ values }) => [values].flat().filter((value) => /[*?$]/.test(value))),
    );
    assert.deepEqual(
      wild,
      ["preview.yml@refs/pull/*/merge", "dev-stack.yml@refs/heads/*", "dev-stack.yml@refs/pull/*/merge"].map(
        (file) => `octo-org/octo-repo/.github/workflows/${file}`,
      ),
    );
  });
});
