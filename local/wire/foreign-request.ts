import type { IncomingHttpHeaders } from "node:http";
import type { ServiceError } from "./wire-error.ts";

/**
 * Names that no public DNS gives: an address, one that S3 Control or a bucket stands before, a machine's short name, and
 * names that are reserved for one's own network (RFC 6761, RFC 6762, .internal). And AWS's own, for clients that come by
 * a proxy.
 */
const ownNames = [
  /^\[[0-9a-f:.]+\]$/,
  /^([a-z0-9_.-]+\.)?\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}$/,
  /^[a-z0-9_-]+$/,
  /\.(localhost|local|internal)$/,
  /\.(amazonaws\.com|amazonaws\.com\.cn|api\.aws)$/,
];

/**
 * Why a request is refused that a web page may have sent; undefined for one of a client of AWS. A page that a person has
 * open must not drive the endpoint, which runs programs: neither from its own origin (a browser says so in `Origin` or
 * `Sec-Fetch-Site`), nor by a name of its own that it lets resolve to this machine (DNS rebinding).
 * Source: https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Site
 *
 * @param addresses what the request was sent to: its Host, and the address that a proxy is asked for
 * @param listens the host the endpoint listens on, whose name may be any
 */
export function foreignRequest(
  headers: IncomingHttpHeaders,
  addresses: readonly string[],
  listens: string,
): ServiceError | undefined {
  const { origin, host = "" } = headers;
  const site = headers["sec-fetch-site"];
  if (site === "cross-site" || site === "same-site") return denied(`a web page of another site (${site})`);
  if (origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`)
    return denied(`the web page ${origin}`);
  const foreign = addresses.map(nameOf).find((name) => !isOwn(name) && name !== listens.toLowerCase());
  return foreign === undefined
    ? undefined
    : denied(`the name ${foreign}; use the endpoint's address, or start it with --host ${foreign}`);
}

function denied(by: string): ServiceError {
  return { type: "AccessDenied", message: `The local endpoint takes no requests by ${by}.`, status: 403 };
}

function nameOf(address: string): string {
  return address.toLowerCase().replace(/:\d*$/, "").replace(/\.$/, "");
}

function isOwn(name: string): boolean {
  // HTTP/1.0 has no Host.
  return name === "" || ownNames.some((own) => own.test(name));
}
