#!/usr/bin/env node
// Plays `gh api`: sends the request to the server in GITHUB_API_URL, follows pages, and prints the answer as gh does.
import { readFileSync, writeSync } from "node:fs";

const [api, ...args] = process.argv.slice(2);
if (api !== "api") throw new Error(`gh ${api} is not played`);
const taken = (name) => {
  const index = args.indexOf(name);
  return index < 0 ? undefined : args.splice(index, 2)[1];
};
const flag = (name) => {
  const index = args.indexOf(name);
  return index >= 0 && args.splice(index, 1).length === 1;
};
const [method = "GET", input] = [taken("--method"), taken("--input")];
const [paginate, silent] = [flag("--paginate"), flag("--silent")];
const [path, ...others] = args;
if (others.length > 0) throw new Error(`gh does not know ${others.join(" ")}`);
const headers = { authorization: `token ${process.env.GH_TOKEN}`, accept: "application/vnd.github+json" };
const body = input === undefined ? undefined : readFileSync(input);
for (let next = `${process.env.GITHUB_API_URL}/${path}`; next !== undefined; ) {
  const response = await fetch(next, { method, headers, body });
  const bytes = Buffer.from(await response.arrayBuffer());
  if (!silent || !response.ok) writeSync(1, bytes);
  if (!response.ok) {
    console.error(`gh: ${JSON.parse(bytes.toString()).message} (HTTP ${response.status})`);
    process.exit(1);
  }
  next = paginate ? /<([^>]+)>; rel="next"/.exec(response.headers.get("link") ?? "")?.[1] : undefined;
}
