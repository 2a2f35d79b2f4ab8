import { Provider, type ProviderArgs } from "@pulumi/aws-native/provider.js";

/**
 * The provider of `aws-native`, in the region and with the profile that the stack's configuration gives to `aws`: its own
 * would be `AWS_REGION`, and so another one where that differs.
 */
export function nativeProvider(region: string, profile: string | undefined): Provider {
  return new Provider("aws-native", {
    region: region as ProviderArgs["region"],
    ...(profile === undefined ? {} : { profile }),
  });
}
