import { type PathSegment, parsePath } from "../../service-model/property-path.ts";
import { shapeNamed } from "../../service-model/step-shapes.ts";
import { closest } from "./closest.ts";

/** The shape at the end of a path, or what is wrong with the path. */
export type PropertyShape = { readonly shape: string } | { readonly problem: string };

/** Results by shape and path, because the steps of a pipeline read the same few paths. */
const followed = new Map<string, PropertyShape>();

/** Follows a path of a step's properties, such as `ModelArtifacts.S3ModelArtifacts`, through the shapes of the description. */
export function propertyShape(root: string, path: string): PropertyShape {
  const key = `${root} ${path}`;
  const known = followed.get(key);
  if (known !== undefined) return known;
  const end = follow(root, path);
  followed.set(key, end);
  return end;
}

function follow(root: string, path: string): PropertyShape {
  let segments: readonly PathSegment[];
  try {
    segments = parsePath(path);
  } catch (error) {
    return { problem: (error as Error).message };
  }
  let name = root;
  for (const segment of segments) {
    const next = memberShape(name, segment);
    if (typeof next !== "string") return next;
    name = next;
  }
  return { shape: name };
}

function memberShape(name: string, segment: PathSegment): string | { readonly problem: string } {
  const { type, members = {}, member, value } = shapeNamed(name) ?? { type: "structure" };
  // A list is indexed by position or by the name of an item: Outputs['train'].
  if (type === "list" && member !== undefined) return member;
  if (type === "map" && value !== undefined && typeof segment === "string") return value;
  const of = typeof segment === "string" && Object.hasOwn(members, segment) ? members[segment] : undefined;
  if (of !== undefined) return of;
  const names = Object.keys(members);
  if (names.length === 0) return { problem: `its property ${segment}: its value has no members` };
  const meant = closest(String(segment), names);
  return {
    problem: `its property ${segment}; ${meant === undefined ? `there are ${names.join(", ")}` : `did you mean ${meant}?`}`,
  };
}
