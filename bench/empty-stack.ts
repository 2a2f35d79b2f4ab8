/** Runs a Pulumi program without resources under mocks. The stack's cold start is compared with it. */
import * as pulumi from "@pulumi/pulumi";

await pulumi.runtime.setMocks({ newResource: ({ inputs }) => ({ id: "", state: inputs }), call: () => ({}) });
await pulumi.runtime.runInPulumiStack(async () => ({}));
await pulumi.runtime.disconnect();
process.exit(0);
