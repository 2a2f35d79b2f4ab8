/** A Pulumi program without resources, under mocks: what the program's own cold start is compared with. */
import * as pulumi from "@pulumi/pulumi";

await pulumi.runtime.setMocks({ newResource: ({ inputs }) => ({ id: "", state: inputs }), call: () => ({}) });
await pulumi.runtime.runInPulumiStack(async () => ({}));
await pulumi.runtime.disconnect();
process.exit(0);
