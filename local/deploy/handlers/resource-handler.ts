/** A resource's inputs or outputs as plain JSON, with Pulumi's (camel-case) names. */
export type ResourceState = Readonly<Record<string, unknown>>;

/** A resource that exists on the local endpoint. */
export interface DeployedResource {
  readonly id: string;
  readonly outputs: ResourceState;
}

/** Creates, updates and deletes resources of one type on the local endpoint. */
export interface ResourceHandler {
  readonly type: string;
  /** Creates the resource or updates it to these inputs. Idempotent. */
  apply(inputs: ResourceState): Promise<DeployedResource>;
  /** Inputs that cannot be updated. If one changes, a new resource is created and the old one is deleted. */
  readonly identity: readonly string[];
  /** Whether resources of the same identity in two regions are different resources. */
  readonly isRegional?: true;
  /** Tells whether the resource still exists. Absent for settings of another resource. */
  exists?(resource: DeployedResource): Promise<boolean>;
  remove(resource: DeployedResource, inputs: ResourceState): Promise<void>;
}
