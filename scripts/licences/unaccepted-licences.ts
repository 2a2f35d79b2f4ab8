/** A package of package-lock.json. Source: https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json#packages */
interface LockedPackage {
  readonly license?: string;
  /** Whether only development needs the package. */
  readonly dev?: boolean;
}

/** The accepted licences, as SPDX identifiers (https://spdx.org/licenses). They ask for attribution at most. */
const accepted: ReadonlySet<string> = new Set([
  ...["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BlueOak-1.0.0", "CC0-1.0", "ISC", "MIT", "Unlicense"],
  ...["CC-BY-3.0", "CC-BY-4.0", "PSF-2.0", "Python-2.0"],
]);

/** Licences that are accepted of packages for development only, because nobody gets those with the product. */
const acceptedInDevelopment: ReadonlySet<string> = new Set(["AGPL-3.0-or-later"]);

/** Packages whose licence has no SPDX identifier and was read by a person, with what it is. */
const read: Readonly<Record<string, string>> = { "@logdna/tail-file": "MIT" };

/** Tells whether a licence expression is accepted: one of the alternatives of `OR`, and all parts of `AND`. */
function isAccepted(expression: string, dev: boolean): boolean {
  return expression
    .replaceAll(/[()]/g, "")
    .split(" OR ")
    .some((alternative) =>
      alternative
        .split(" AND ")
        .every((name) => accepted.has(name.trim()) || (dev && acceptedInDevelopment.has(name.trim()))),
    );
}

/** Returns one line for each package with a licence that is not accepted. */
export function unacceptedLicences(packages: Readonly<Record<string, LockedPackage>>): readonly string[] {
  return Object.entries(packages).flatMap(([path, { license = "none", dev = false }]) => {
    const name = path.split("node_modules/").at(-1) ?? "";
    if (path === "" || Object.hasOwn(read, name) || isAccepted(license, dev)) return [];
    return `${name} has the licence ${license}${dev ? ", and is for development only" : ""}.`;
  });
}
