import type { IncomingHttpHeaders } from "node:http";
import type { ServiceError } from "./wire-error.ts";

/**
 * Host names that an attacker cannot register in public DNS: IP addresses, also with a bucket or an account before them;
 * names without dots; names reserved for local networks (RFC 6761, RFC 6762, .internal); and AWS's own names, for clients
 * that use the endpoint as their HTTP proxy.
 */
const ownNames = [
  /^\[[0-9a-f:.]+\]$/,
  /^([a-z0-9_.-]+\.)?\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}$/,
  /^[a-z0-9_-]+$/,
  /\.(localhost|local|internal)$/,
  /\.(amazonaws\.com|amazonaws\.com\.cn|api\.aws)$/,
];

/**
 * Returns the error for a request that a web page may have sent; undefined for a request of an AWS client. The endpoint runs
 * programs, so a page in the user's browser must not control it. A page of another origin is recognised by the headers
 * `Origin` and `Sec-Fetch-Site`. A page whose own domain resolves to this machine (DNS rebinding) is recognised by its name.
 * Source: https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Site
 *
 * @param addresses the hosts that the request names: its Host header, and the target if it was sent to a proxy
 * @param listens the host that the endpoint listens on, which is always allowed
 */
export function foreignRequest(
  headers: IncomingHttpHeaders,
  addresses: readonly string[],
  listens: string,
): ServiceError | undefined {
  const { origin, host = "" } = headers;
  const site = headers["sec-fetch-site"];
  if (site === "cross-site" || site === "same-site")
    return denied(`requests from a web page of another site (${site})`);
  if (origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`)
    return denied(`requests from the web page ${origin}`);
  const foreign = addresses.map(nameOf).find((name) => !isOwn(name) && name !== listens.toLowerCase());
  return foreign === undefined
    ? undefined
    : denied(`requests to the name ${foreign}; use the endpoint's address, or start it with --host ${foreign}`);
}

function denied(requests: string): ServiceError {
  return { type: "AccessDenied", message: `The local endpoint rejects ${requests}.`, status: 403 };
}

function nameOf(address: string): string {
  return address.toLowerCase().replace(/:\d*$/, "").replace(/\.$/, "");
}

function isOwn(name: string): boolean {
  // Requests of HTTP/1.0 have no Host header.
  return name === "" || ownNames.some((own) => own.test(name));
}
