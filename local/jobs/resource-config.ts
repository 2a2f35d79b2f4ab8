/** The one host that a job has here, as SageMaker names it. */
const host = "algo-1";

/**
 * What a container reads in resourceconfig.json.
 *
 * Source: https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-training-algo-running-container.html#your-algorithms-training-algo-running-container-dist-training
 *
 * @throws Error for more than one instance: a job that one host ran would be another one than on AWS
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
