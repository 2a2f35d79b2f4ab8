import assert from "node:assert/strict";
import type { RecordedStack } from "./recorded/record-stack.ts";
import { account, record, region } from "./recorded/recorded.ts";

describe("the stack creates its resources with providers", function () {
  this.timeout(60_000);
  // Without the defaults that Pulumi's SDK adds.
  const given = (inputs: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(inputs).filter(([key]) => !key.startsWith("skip")));
  const made = ({ providers, resources }: RecordedStack) => ({
    ...Object.fromEntries(providers.map(({ type, inputs }) => [type.split(":").at(-1), given(inputs)])),
    // Resources without one of the program's providers use Pulumi's default provider.
    byDefault: resources.length - providers.flatMap(({ makes }) => makes).length,
  });
  // Without allowedAccountIds, `pulumi destroy` and `pulumi refresh` would accept another account's credentials.
  const shared = { region: "eu-central-1", allowedAccountIds: JSON.stringify([account]) };

  it("that have the stack's region and profile, and accept only its account", async () => {
    const stack = await record({ configuration: { ...region, "aws:profile": "work" } });
    const expected = { ...shared, profile: "work" };
    assert.deepEqual(made(stack), { "aws-native": expected, aws: expected, byDefault: 0 });
  });

  it("that have the other aws settings of the stack's file, except those about accounts", async () => {
    const stack = await record({
      configuration: {
        ...region,
        "aws:defaultTags": '{"tags":{"cost-center":"42"}}',
        "aws:maxRetries": "3",
        "aws:retryMode": "adaptive",
        "aws:useFipsEndpoint": "true",
        "aws:token": "12345678",
        "aws:allowedAccountIds": '["999999999999"]',
        "aws:forbiddenAccountIds": '["888888888888"]',
        "aws:httpsProxy": "",
      },
      secrets: ["aws:token"],
    });
    assert.equal(stack.error, undefined);
    // Pulumi's form of a secret. The value stays a text although it looks like a number.
    const token = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value: "12345678" };
    assert.deepEqual(made(stack), {
      "aws-native": { ...shared, token },
      aws: {
        ...{ ...shared, token, retryMode: "adaptive", maxRetries: "3", useFipsEndpoint: "true" },
        defaultTags: '{"tags":{"cost-center":"42"}}',
      },
      byDefault: 0,
    });
  });

  it("that compare the credentials' account with the stack's", async () => {
    // The default of aws-native is true, and then it ignores allowedAccountIds.
    const validates = (await record()).providers.map(({ type, inputs }) => [type, inputs["skipCredentialsValidation"]]);
    assert.deepEqual(Object.fromEntries(validates), {
      "pulumi:providers:aws": "false",
      "pulumi:providers:aws-native": "false",
    });
  });

  const variables = ({ providers }: RecordedStack) =>
    providers.map((one) => [one.type.split(":").at(-1), one.variables]);

  it("that use the local endpoint as their proxy, without its address in the state", async () => {
    const stack = await record({ environment: { AWS_ENDPOINT_URL: "http://127.0.0.1:4566" } });
    assert.deepEqual(made(stack), { "aws-native": shared, aws: shared, byDefault: 0 });
    assert.deepEqual(variables(stack), [
      ["aws-native", {}],
      ["aws", { AWS_ENDPOINT_URL: "HTTP_PROXY" }],
    ]);
    const state = JSON.stringify([stack.providers, stack.resources, stack.outputs]);
    assert.doesNotMatch(state, /127\.0\.0\.1|4566/);
  });

  it("that use no proxy for a remote endpoint", async () => {
    const stack = await record({ environment: { AWS_ENDPOINT_URL: "https://vpce-1.example.com" } });
    assert.deepEqual(made(stack), { "aws-native": shared, aws: shared, byDefault: 0 });
    assert.deepEqual(
      variables(stack).flatMap(([, one]) => Object.keys(one ?? {})),
      [],
    );
  });
});
