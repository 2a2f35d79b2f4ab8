import { startEndpoint } from "../../local/endpoint.ts";
import { pythons } from "./pythons.ts";

// Starts an endpoint for tests that kill it, and prints its URL.
const endpoint = await startEndpoint({ port: 0, state: process.argv[2] ?? "", pythons: await pythons() });
console.log(endpoint.url);
