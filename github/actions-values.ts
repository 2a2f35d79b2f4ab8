import type { GitHub } from "./client.ts";
import { environmentPath } from "./environment.ts";

/** A place that has variables and secrets of workflows: a repository, or one of its environments. */
export interface Place {
  /** Such as `the environment dev`, for people. */
  readonly name: string;
  readonly variables: string;
  readonly secrets: string;
}

/** Source: https://docs.github.com/en/rest/actions/variables and https://docs.github.com/en/rest/actions/secrets */
export function repositoryPlace(repository: string): Place {
  const path = `/repos/${repository}/actions`;
  return { name: "the repository", variables: `${path}/variables`, secrets: `${path}/secrets` };
}

export function environmentPlace(repository: string, environment: string): Place {
  const path = environmentPath(repository, environment);
  return { name: `the environment ${environment}`, variables: `${path}/variables`, secrets: `${path}/secrets` };
}

/** The variables of a place, and the names of its secrets. GitHub never returns a secret's value. */
export interface PlaceContent {
  readonly variables: ReadonlyMap<string, string>;
  readonly secrets: ReadonlySet<string>;
}

export const emptyPlace: PlaceContent = { variables: new Map(), secrets: new Set() };

export async function readPlace(github: GitHub, place: Place): Promise<PlaceContent> {
  const variables = (await github.list(place.variables, "variables")) as readonly { name: string; value: string }[];
  const secrets = (await github.list(place.secrets, "secrets")) as readonly { name: string }[];
  return {
    variables: new Map(variables.map(({ name, value }) => [name, value])),
    secrets: new Set(secrets.map(({ name }) => name)),
  };
}

/** Creates a variable, or updates it if it exists. */
export async function writeVariable(
  github: GitHub,
  place: Place,
  variable: { readonly name: string; readonly value: string; readonly exists: boolean },
): Promise<void> {
  const { name, value, exists } = variable;
  if (exists) await github.request("PATCH", `${place.variables}/${name}`, { name, value });
  else await github.request("POST", place.variables, { name, value });
}

/**
 * Creates or replaces a secret. Its value is sealed for the public key of the place, so that only GitHub can read it.
 * Source: https://docs.github.com/en/rest/guides/encrypting-secrets-for-the-rest-api
 */
export async function writeSecret(github: GitHub, place: Place, name: string, value: string): Promise<void> {
  const { key, key_id } = (await github.request("GET", `${place.secrets}/public-key`)) as Record<string, string>;
  const { default: sodium } = await import("libsodium-wrappers");
  await sodium.ready;
  const { ORIGINAL } = sodium.base64_variants;
  const sealed = sodium.crypto_box_seal(value, sodium.from_base64(key ?? "", ORIGINAL));
  await github.request("PUT", `${place.secrets}/${name}`, {
    encrypted_value: sodium.to_base64(sealed, ORIGINAL),
    key_id,
  });
}
