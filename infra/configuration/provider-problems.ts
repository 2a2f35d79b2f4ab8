import { createRequire } from "node:module";

/** Settings of the `aws` provider that choose its credentials, and that `aws-native` does not support in the same form. */
const identities = [
  "assumeRole",
  "assumeRoles",
  "assumeRoleWithWebIdentity",
  "sharedConfigFiles",
  "sharedCredentialsFiles",
];

/** Settings that stop the `aws` provider from comparing the credentials' account with the stack's. */
const uncheckedAccount = ["skipCredentialsValidation", "skipRequestingAccountId"];

/**
 * All settings of the `aws` provider, and two of Pulumi's own. The names are read with `require`, because an import would read
 * the values too, and Pulumi warns about each secret that is read that way.
 */
const settings: readonly string[] = [
  ...Object.keys(createRequire(import.meta.url)("@pulumi/aws/config/vars.js") as object),
  ...["version", "pluginDownloadURL"],
];

/** Returns the line of a provider setting that is a mistake; undefined if it is valid. */
function settingProblem(key: string, value: string): string | undefined {
  const [provider, name = ""] = key.split(":");
  if (provider === "aws-native")
    return `${key}: this program ignores it, because aws-native gets the region, the profile and the keys of aws; remove it`;
  if (provider !== "aws") return undefined;
  if (identities.includes(name))
    return `${key}: only the aws provider supports it, not aws-native; use a profile (aws:profile), or credentials in the environment`;
  if (uncheckedAccount.includes(name) && value !== "false")
    return `${key}: got ${value}, but then pulumi refresh and destroy would accept another account's credentials; remove it`;
  return settings.includes(name)
    ? undefined
    : `${key}: unknown setting of the aws provider; give one of ${settings.join(", ")}`;
}

/**
 * Returns one line for each provider setting that has no effect, or that would make a provider use another account than the
 * stack's.
 *
 * @param configuration the stack's whole configuration, by full key such as `aws:region`
 */
export function providerProblems(configuration: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(configuration)
    .filter(([, value]) => value !== "")
    .flatMap(([key, value]) => settingProblem(key, value) ?? []);
}
