/** The job's only host, by SageMaker's name for the first host. */
const host = "algo-1";

/**
 * Returns the content of a container's resourceconfig.json.
 *
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-training-algo-running-container.html#your-algorithms-training-algo-running-container-dist-training
 *
 * @throws Error for more than one instance, because the result of a job on one host could differ from that on AWS
 */
export function resourceConfig(instanceType = "local", instanceCount = 1): object {
  if (instanceCount > 1) {
    throw new Error(
      `the job has an InstanceCount of ${instanceCount}, but locally a job runs on one host only: set it to 1 (by a pipeline parameter, for instance), or run this pipeline on AWS`,
    );
  }
  const group = "homogeneousCluster";
  return {
    current_host: host,
    current_instance_type: instanceType,
    current_group_name: group,
    hosts: [host],
    instance_groups: [{ instance_group_name: group, instance_type: instanceType, hosts: [host] }],
    network_interface_name: "lo",
  };
}
