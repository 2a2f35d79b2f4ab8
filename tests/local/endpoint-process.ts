import { startEndpoint } from "../../local/endpoint.ts";
import { pythons } from "./pythons.ts";

// An endpoint for the tests that kill one: prints its address and runs until it is ended.
const endpoint = await startEndpoint({ port: 0, state: process.argv[2] ?? "", pythons: await pythons() });
console.log(endpoint.url);
