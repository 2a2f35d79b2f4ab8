import { type GitHubAnswer, type GitHubRoute, notFound, unprocessable } from "./github-server.ts";

interface Place {
  readonly variables: Map<string, string>;
  /** The sealed values. */
  readonly secrets: Map<string, string>;
}

interface ServedEnvironment extends Place {
  reviewers: readonly object[];
  branches: readonly string[] | undefined;
}

/**
 * A repository's environments, and the variables and secrets of both. Creating an environment again resets its rules, as GitHub
 * does. Sources: https://docs.github.com/en/rest/deployments/environments, https://docs.github.com/en/rest/actions/variables,
 * https://docs.github.com/en/rest/actions/secrets
 */
export class Environments {
  readonly repository: Place = { variables: new Map(), secrets: new Map() };
  readonly byName = new Map<string, ServedEnvironment>();
  readonly #publicKey: string;

  /** @param publicKey the key that secrets are sealed for, in base64 */
  constructor(publicKey: string) {
    this.#publicKey = publicKey;
  }

  #place(names: Readonly<Record<string, string>>): Place | undefined {
    const { environment } = names;
    return environment === undefined ? this.repository : this.byName.get(environment);
  }

  routes(): readonly GitHubRoute[] {
    const environment = /^\/repos\/[^/]+\/[^/]+\/environments\/(?<environment>[^/]+)$/;
    const policies = /^\/repos\/[^/]+\/[^/]+\/environments\/(?<environment>[^/]+)\/deployment-branch-policies$/;
    return [
      { method: "GET", path: environment, answer: ({ names }) => this.#described(names["environment"] ?? "") },
      {
        method: "PUT",
        path: environment,
        answer: ({ names: { environment: name = "" } }) => {
          const place = this.byName.get(name) ?? { variables: new Map(), secrets: new Map() };
          this.byName.set(name, { ...place, reviewers: [], branches: undefined });
          return this.#described(name);
        },
      },
      {
        method: "GET",
        path: policies,
        listIn: "branch_policies",
        answer: ({ names }) => {
          const branches = this.byName.get(names["environment"] ?? "")?.branches ?? [];
          return { status: 200, body: { branch_policies: branches.map((name) => ({ name })) } };
        },
      },
      ...this.#valueRoutes("/repos/[^/]+/[^/]+/environments/(?<environment>[^/]+)"),
      ...this.#valueRoutes("/repos/[^/]+/[^/]+/actions"),
    ];
  }

  #described(name: string): GitHubAnswer {
    const environment = this.byName.get(name);
    if (environment === undefined) return notFound;
    const { reviewers, branches } = environment;
    const body = {
      name,
      protection_rules: [
        ...(reviewers.length > 0 ? [{ type: "required_reviewers", reviewers }] : []),
        ...(branches === undefined ? [] : [{ type: "branch_policy" }]),
      ],
      deployment_branch_policy:
        branches === undefined ? null : { protected_branches: false, custom_branch_policies: true },
    };
    return { status: 200, body };
  }

  #valueRoutes(root: string): readonly GitHubRoute[] {
    const at = (path: string) => new RegExp(`^${root}${path}$`);
    const inPlace =
      (answer: (place: Place, name: string, body: Readonly<Record<string, unknown>>) => GitHubAnswer) =>
      ({ names, body }: Parameters<GitHubRoute["answer"]>[0]) => {
        const place = this.#place(names);
        return place === undefined ? notFound : answer(place, names["name"] ?? String(body["name"]), body);
      };
    return [
      {
        method: "GET",
        path: at("/variables"),
        listIn: "variables",
        answer: inPlace(({ variables }) => ({
          status: 200,
          body: { variables: [...variables].map(([name, value]) => ({ name, value })) },
        })),
      },
      {
        method: "POST",
        path: at("/variables"),
        answer: inPlace(({ variables }, name, { value }) => {
          if (variables.has(name))
            return { status: 409, body: { message: "Already exists - Variable already exists" } };
          if (typeof value !== "string") return unprocessable([{ code: "missing_field", field: "value" }]);
          variables.set(name, value);
          return { status: 201, body: {} };
        }),
      },
      {
        method: "PATCH",
        path: at("/variables/(?<name>\\w+)"),
        answer: inPlace(({ variables }, name, { value }) => {
          if (!variables.has(name)) return notFound;
          variables.set(name, String(value));
          return { status: 204 };
        }),
      },
      {
        method: "GET",
        path: at("/secrets"),
        listIn: "secrets",
        answer: inPlace(({ secrets }) => ({
          status: 200,
          body: { secrets: [...secrets.keys()].map((name) => ({ name })) },
        })),
      },
      {
        method: "GET",
        path: at("/secrets/public-key"),
        answer: inPlace(() => ({ status: 200, body: { key_id: "012345678912345678", key: this.#publicKey } })),
      },
      {
        method: "PUT",
        path: at("/secrets/(?<name>\\w+)"),
        answer: inPlace(({ secrets }, name, { encrypted_value, key_id }) => {
          if (key_id !== "012345678912345678") return unprocessable("Bad request - key_id is not valid");
          const isNew = !secrets.has(name);
          secrets.set(name, String(encrypted_value));
          return isNew ? { status: 201, body: {} } : { status: 204 };
        }),
      },
    ];
  }
}
