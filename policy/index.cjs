// Pulumi loads a policy pack with `require`, and without the `nodeargs` of a program: so plain CommonJS, which lets tsx
// run the TypeScript. Pulumi waits for the promise.
module.exports = import("tsx").then(() => import("./policy-pack.ts"));
