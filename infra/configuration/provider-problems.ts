import { createRequire } from "node:module";

/** Settings of the `aws` provider that say who calls AWS: `aws-native` has no such settings of the same form. */
const identities = [
  "assumeRole",
  "assumeRoles",
  "assumeRoleWithWebIdentity",
  "sharedConfigFiles",
  "sharedCredentialsFiles",
];

/**
 * The settings of the `aws` provider, and Pulumi's own two of a default provider. An import would read all their values, and
 * Pulumi warns of each secret that is read so.
 */
const settings: readonly string[] = [
  ...Object.keys(createRequire(import.meta.url)("@pulumi/aws/config/vars.js") as object),
  ...["version", "pluginDownloadURL"],
];

/** What is wrong with a setting of a provider, if it has a value. */
function settingProblem(key: string): string | undefined {
  const [provider, name = ""] = key.split(":");
  if (provider === "aws-native")
    return `${key}: nothing here reads it; that provider has the region, the profile and the keys of aws`;
  if (provider !== "aws") return undefined;
  if (identities.includes(name))
    return `${key}: it holds for the aws provider alone, not for aws-native; use a profile (aws:profile), or the credentials of the environment`;
  return settings.includes(name)
    ? undefined
    : `${key}: the aws provider has no such setting; there are ${settings.join(", ")}`;
}

/**
 * One line for each setting of a provider that would make resources of `aws`, and the account that is asked for, another
 * account's than those of `aws-native`; and for each that has no effect.
 *
 * @param configuration all of a stack's, by key with its package
 */
export function providerProblems(configuration: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(configuration)
    .filter(([, value]) => value !== "")
    .flatMap(([key]) => settingProblem(key) ?? []);
}
