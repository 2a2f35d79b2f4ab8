import * as pulumi from "@pulumi/pulumi";

/** A function that Pulumi's runtime exports but its types omit. */
interface RuntimeOfSecrets {
  readonly isConfigSecret: (key: string) => boolean;
}

/** Tells whether a key of the stack's configuration was set with `--secret`. */
export function isSecretKey(key: string): boolean {
  return (pulumi.runtime as unknown as RuntimeOfSecrets).isConfigSecret(key);
}
