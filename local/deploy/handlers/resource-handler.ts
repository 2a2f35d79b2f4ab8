/** A resource's inputs or outputs as plain JSON, with Pulumi's own (camel-case) names. */
export type ResourceState = Readonly<Record<string, unknown>>;

export interface DeployedResource {
  readonly id: string;
  readonly outputs: ResourceState;
}

/** What makes one type of resource on the local endpoint. */
export interface ResourceHandler {
  readonly type: string;
  /** Creates the resource or brings it to these inputs; doing it twice is the same as doing it once. */
  apply(inputs: ResourceState): Promise<DeployedResource>;
  /** Inputs that cannot change in place: another value is another resource, and the old one is deleted. */
  readonly identity: readonly string[];
  /** Whether a resource is one region's: in another region it is another resource, whatever its identity. */
  readonly isRegional?: true;
  /** Whether the resource is still there; types that are a setting of another resource leave it out. */
  exists?(resource: DeployedResource): Promise<boolean>;
  remove(resource: DeployedResource, inputs: ResourceState): Promise<void>;
}
