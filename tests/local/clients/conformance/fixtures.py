"""Creates two resources of every kind that SageMaker lists, with a whole second between them."""

import json
import time

import boto3
from checked_client import client

ROLE = "arn:aws:iam::123456789012:role/conformance"
BUCKET = "conformance"
IMAGE = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:3.0-5"


def definition(*steps, parameters=()):
    return json.dumps({"Version": "2020-12-01", "Metadata": {}, "Parameters": list(parameters), "Steps": list(steps)})


def fail_step(name, message="as asked for"):
    return {"Name": name, "Type": "Fail", "Arguments": {"ErrorMessage": message}}


def condition_step(name, depends_on=()):
    arguments = {"Conditions": [{"Type": "Equals", "LeftValue": 1, "RightValue": 1}], "IfSteps": [], "ElseSteps": []}
    return {"Name": name, "Type": "Condition", "DependsOn": list(depends_on), "Arguments": arguments}


def processing_step(name, program):
    return {
        "Name": name,
        "Type": "Processing",
        "Arguments": {
            "ProcessingResources": {
                "ClusterConfig": {"InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeSizeInGB": 30}
            },
            "AppSpecification": {"ImageUri": IMAGE, "ContainerEntrypoint": ["python3", "-c", program]},
            "RoleArn": ROLE,
        },
    }


def training_step(name, hyperparameters):
    data = {"S3DataType": "S3Prefix", "S3Uri": f"s3://{BUCKET}/train", "S3DataDistributionType": "FullyReplicated"}
    return {
        "Name": name,
        "Type": "Training",
        "Arguments": {
            "AlgorithmSpecification": {"TrainingImage": IMAGE, "TrainingInputMode": "File"},
            "HyperParameters": hyperparameters,
            "InputDataConfig": [
                {"ChannelName": "train", "ContentType": "text/csv", "DataSource": {"S3DataSource": data}}
            ],
            "OutputDataConfig": {"S3OutputPath": f"s3://{BUCKET}/models"},
            "ResourceConfig": {"InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeSizeInGB": 30},
            "StoppingCondition": {"MaxRuntimeInSeconds": 600},
            "RoleArn": ROLE,
        },
    }


def jobs(word, good):
    """Returns a definition with jobs that succeed or fail, and whose names contain the word."""
    program = "print('done')" if good else "raise SystemExit(3)"
    rounds = "2" if good else "none"
    steps = [processing_step(f"Process-{word}", program), training_step(f"Train-{word}", {"num_round": rounds})]
    return definition(*steps)


def transform_arguments(model):
    source = {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": f"s3://{BUCKET}/batch"}}
    return {
        "ModelName": model,
        "TransformInput": {"DataSource": source, "ContentType": "text/csv", "SplitType": "Line"},
        "TransformOutput": {"S3OutputPath": f"s3://{BUCKET}/transformed"},
        "TransformResources": {"InstanceType": "ml.m5.large", "InstanceCount": 1},
    }


def transform_step(name, model):
    return {"Name": name, "Type": "Transform", "Arguments": transform_arguments(model)}


def transform(name, model):
    """Returns the members of a CreateTransformJob request."""
    return {"TransformJobName": name, **transform_arguments(model)}


def create_model(name, data):
    container = {"Image": IMAGE, "ModelDataUrl": data}
    return client.create_model(ModelName=name, ExecutionRoleArn=ROLE, PrimaryContainer=container)["ModelArn"]


def job_name(execution, step, kind):
    steps = client.list_pipeline_execution_steps(PipelineExecutionArn=execution)["PipelineExecutionSteps"]
    return next(each["Metadata"][kind]["Arn"].split("/")[-1] for each in steps if each["StepName"] == step)


def create_pipeline(name, text, **more):
    return client.create_pipeline(PipelineName=name, RoleArn=ROLE, PipelineDefinition=text, **more)["PipelineArn"]


def run(name, **members):
    """Starts an execution, waits for its end and returns its ARN."""
    arn = client.start_pipeline_execution(PipelineName=name, **members)["PipelineExecutionArn"]
    for _ in range(600):
        status = client.describe_pipeline_execution(PipelineExecutionArn=arn)["PipelineExecutionStatus"]
        if status not in ("Executing", "Stopping"):
            return arn
        time.sleep(0.05)
    raise AssertionError(f"{arn} does not end")


def package(group, approval):
    specification = {
        "Containers": [{"Image": IMAGE, "ModelDataUrl": f"s3://{BUCKET}/model.tar.gz"}],
        "SupportedContentTypes": ["text/csv"],
        "SupportedResponseMIMETypes": ["text/csv"],
    }
    return client.create_model_package(
        ModelPackageGroupName=group, ModelApprovalStatus=approval, InferenceSpecification=specification
    )["ModelPackageArn"]


def generation(word, good):
    """Creates one resource of every kind, whose names contain the word."""
    create_pipeline(f"jobs-{word}", jobs(word, good))
    job = job_name(run(f"jobs-{word}"), f"Train-{word}", "TrainingJob")
    data = client.describe_training_job(TrainingJobName=job)["ModelArtifacts"]["S3ModelArtifacts"]
    create_model(f"model-{word}", data if good else f"s3://{BUCKET}/model.tar.gz")
    create_pipeline(f"transform-{word}", definition(transform_step(f"Score-{word}", f"model-{word}")))
    run(f"transform-{word}")
    client.create_model_package_group(ModelPackageGroupName=f"group-{word}")
    text = definition(condition_step("One"), condition_step("Two", ["One"]), fail_step("Three", word))
    if good:
        parameters = [{"Name": name, "Type": "String", "DefaultValue": name.lower()} for name in "ABC"]
        create_pipeline(
            "listed", definition(*json.loads(text)["Steps"], parameters=parameters), PipelineVersionAliases=["first"]
        )
    else:
        client.update_pipeline(PipelineName="listed", PipelineDefinition=text)
    package("group-older", "Approved" if good else "Rejected")
    return run("listed")


class Made:
    """The resources that the tables list."""

    def __init__(self):
        s3 = boto3.client("s3")
        s3.create_bucket(Bucket=BUCKET)
        s3.put_object(Bucket=BUCKET, Key="train/train.csv", Body="\n".join(f"{i},{i},{-i}" for i in range(20)))
        s3.put_object(Bucket=BUCKET, Key="model.tar.gz", Body="no archive")
        client.create_model_package(ModelPackageName="alone")
        s3.put_object(Bucket=BUCKET, Key="batch/rows.csv", Body="1,2\n3,4\n")
        self.execution = generation("older", True)
        # Requests can only contain whole seconds, so the two generations need one between them.
        self.between = int(time.time()) + 1
        time.sleep(self.between + 0.01 - time.time())
        generation("newer", False)
        self.pipeline = client.describe_pipeline(PipelineName="listed")["PipelineArn"]
        client.add_tags(ResourceArn=self.pipeline, Tags=[{"Key": key, "Value": key.upper()} for key in "abc"])


_made = []


def made():
    if not _made:
        _made.append(Made())
    return _made[0]
