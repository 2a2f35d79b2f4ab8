import * as pulumi from "@pulumi/pulumi";

/** Pulumi's runtime knows it, though its types do not say so. */
interface RuntimeOfSecrets {
  readonly isConfigSecret: (key: string) => boolean;
}

/** Whether a key of the running stack's configuration was set with `--secret`. */
export function isSecretKey(key: string): boolean {
  return (pulumi.runtime as unknown as RuntimeOfSecrets).isConfigSecret(key);
}
