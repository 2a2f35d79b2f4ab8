import { type GitHubRoute, notFound } from "./github-server.ts";

/** An artifact of a workflow's run. */
export interface RunArtifact {
  readonly id: number;
  readonly name: string;
  readonly size_in_bytes: number;
  /** The ZIP file. */
  readonly zip: Buffer;
}

/** Returns the routes of artifacts by run. Source: https://docs.github.com/en/rest/actions/artifacts */
export function artifactRoutes(runs: ReadonlyMap<number, readonly RunArtifact[]>): readonly GitHubRoute[] {
  return [
    {
      method: "GET",
      path: /^\/repos\/[^/]+\/[^/]+\/actions\/runs\/(?<run>\d+)\/artifacts$/,
      listIn: "artifacts",
      answer: ({ names, query }) => {
        const name = query.get("name");
        const all = (runs.get(Number(names["run"])) ?? []).filter((one) => name === null || one.name === name);
        const artifacts = all.map(({ zip: _, ...rest }) => rest);
        return { status: 200, body: { total_count: artifacts.length, artifacts } };
      },
    },
    {
      method: "GET",
      path: /^\/repos\/[^/]+\/[^/]+\/actions\/artifacts\/(?<id>\d+)\/zip$/,
      answer: ({ names }) => {
        const artifact = [...runs.values()].flat().find(({ id }) => id === Number(names["id"]));
        return artifact === undefined ? notFound : { status: 200, body: artifact.zip };
      },
    },
  ];
}
