/** Settings of the `aws` provider that say who calls AWS: `aws-native` has no such settings of the same form. */
const identities = [
  "assumeRole",
  "assumeRoles",
  "assumeRoleWithWebIdentity",
  "sharedConfigFiles",
  "sharedCredentialsFiles",
];

/**
 * One line for each setting of `aws` that would make resources of its package, and the account that is asked for, another
 * account's than those of `aws-native`.
 *
 * @param configuration all of a stack's, by key with its package
 */
export function providerProblems(configuration: Readonly<Record<string, string>>): readonly string[] {
  return identities
    .filter((name) => (configuration[`aws:${name}`] ?? "") !== "")
    .map(
      (name) =>
        `aws:${name}: it holds for the aws provider alone, not for aws-native; use a profile (aws:profile), or the credentials of the environment`,
    );
}
