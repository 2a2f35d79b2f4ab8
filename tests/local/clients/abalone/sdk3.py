"""The abalone pipeline with the SageMaker Python SDK 3, written as for a real AWS account.

Its argument is the path of the data. Prints the ARNs of its resources as JSON.
Source: https://github.com/aws/sagemaker-python-sdk/blob/master/migration.md
"""

import json
import sys
from pathlib import Path

import boto3
from botocore.exceptions import WaiterError
from sagemaker.core import image_uris
from sagemaker.core.helper.session_helper import Session
from sagemaker.core.processing import FrameworkProcessor, ScriptProcessor
from sagemaker.core.resources import ModelPackage, PipelineExecution, TrainingJob
from sagemaker.core.shapes import ProcessingInput, ProcessingOutput, ProcessingS3Input, ProcessingS3Output
from sagemaker.core.training.configs import Compute, InputData, OutputDataConfig, SourceCode
from sagemaker.core.workflow.conditions import ConditionLessThanOrEqualTo
from sagemaker.core.workflow.functions import Join, JsonGet
from sagemaker.core.workflow.parameters import ParameterFloat, ParameterInteger, ParameterString
from sagemaker.core.workflow.pipeline_context import PipelineSession
from sagemaker.core.workflow.properties import PropertyFile
from sagemaker.mlops.workflow.condition_step import ConditionStep
from sagemaker.mlops.workflow.fail_step import FailStep
from sagemaker.mlops.workflow.model_step import ModelStep
from sagemaker.mlops.workflow.pipeline import Pipeline
from sagemaker.mlops.workflow.steps import CacheConfig, ProcessingStep, TrainingStep
from sagemaker.serve.model_builder import ModelBuilder
from sagemaker.train.model_trainer import ModelTrainer

HERE = Path(__file__).parent
# The SDK simulates this role's policies before it uses the role.
ROLE = "arn:aws:iam::123456789012:role/checked"
COMPUTE = Compute(instance_type="ml.m5.xlarge", instance_count=1)


def given(name, uri):
    source = ProcessingS3Input(
        s3_uri=uri, local_path=f"/opt/ml/processing/{name}", s3_data_type="S3Prefix", s3_input_mode="File"
    )
    return ProcessingInput(input_name=name, s3_input=source)


def made(name, bucket):
    target = ProcessingS3Output(
        s3_uri=f"s3://{bucket}/abalone-sdk-3/{name}", local_path=f"/opt/ml/processing/{name}", s3_upload_mode="EndOfJob"
    )
    return ProcessingOutput(output_name=name, s3_output=target)


def get_pipeline(session, input_uri):
    bucket, region = session.default_bucket(), session.boto_region_name
    instances = ParameterInteger(name="ProcessingInstanceCount", default_value=1)
    approval = ParameterString(name="ModelApprovalStatus", default_value="PendingManualApproval")
    data = ParameterString(name="InputData", default_value=input_uri)
    threshold = ParameterFloat(name="MseThreshold", default_value=20.5)
    cache = CacheConfig(enable_caching=True, expire_after="30d")
    machine = {"instance_type": "ml.m5.xlarge", "role": ROLE, "sagemaker_session": session}
    sklearn = image_uris.retrieve("sklearn", region, version="1.2-1", py_version="py3", instance_type="ml.m5.xlarge")
    xgboost = image_uris.retrieve("xgboost", region, version="1.0-1", py_version="py3", instance_type="ml.m5.xlarge")

    preprocess = ScriptProcessor(image_uri=sklearn, command=["python3"], instance_count=instances, **machine)
    step_process = ProcessingStep(
        name="Process",
        step_args=preprocess.run(
            code=str(HERE / "preprocess.py"),
            inputs=[given("input", data)],
            outputs=[made(name, bucket) for name in ("train", "validation", "test")],
        ),
        cache_config=cache,
    )
    outputs = step_process.properties.ProcessingOutputConfig.Outputs
    channels = [
        InputData(channel_name=name, data_source=outputs[name].S3Output.S3Uri, content_type="text/csv")
        for name in ("train", "validation")
    ]
    trainer = ModelTrainer(
        training_image=xgboost,
        compute=COMPUTE,
        role=ROLE,
        sagemaker_session=session,
        output_data_config=OutputDataConfig(s3_output_path=f"s3://{bucket}/abalone-sdk-3"),
        hyperparameters={"objective": "reg:linear", "num_round": 20, "max_depth": 5, "eta": 0.2},
    )
    step_train = TrainingStep(name="Train", step_args=trainer.train(input_data_config=channels), cache_config=cache)
    script = ModelTrainer(
        training_image=sklearn,
        source_code=SourceCode(source_dir=str(HERE), entry_script="train.py"),
        compute=COMPUTE,
        role=ROLE,
        sagemaker_session=session,
        hyperparameters={"quantile": 0.5},
    )
    step_args = script.train(input_data_config=channels[:1])
    step_median = TrainingStep(name="Median", step_args=step_args, cache_config=cache)

    evaluate = FrameworkProcessor(image_uri=xgboost, command=["python3"], instance_count=1, **machine)
    report = PropertyFile(name="EvaluationReport", output_name="evaluation", path="evaluation.json")
    step_eval = ProcessingStep(
        name="Evaluate",
        step_args=evaluate.run(
            code="evaluate.py",
            source_dir=str(HERE),
            inputs=[
                given("model", step_train.properties.ModelArtifacts.S3ModelArtifacts),
                given("test", outputs["test"].S3Output.S3Uri),
            ],
            outputs=[made("evaluation", bucket)],
        ),
        property_files=[report],
    )
    builder = ModelBuilder(
        s3_model_data_url=step_train.properties.ModelArtifacts.S3ModelArtifacts,
        image_uri=xgboost,
        role_arn=ROLE,
        sagemaker_session=session,
    )
    step_model = ModelStep(name="CreateModel", step_args=builder.build())
    step_register = ModelStep(
        name="Register",
        step_args=builder.register(
            model_package_group_name="abalone-sdk-3",
            content_types=["text/csv"],
            response_types=["text/csv"],
            inference_instances=["ml.m5.large"],
            transform_instances=["ml.m5.large"],
            approval_status=approval,
        ),
    )
    step_fail = FailStep(name="TooBad", error_message=Join(on=" ", values=["MSE is above", threshold]))
    mse = JsonGet(step_name=step_eval.name, property_file=report, json_path="regression_metrics.mse.value")
    step_condition = ConditionStep(
        name="Condition",
        conditions=[ConditionLessThanOrEqualTo(left=mse, right=threshold)],
        if_steps=[step_register, step_model],
        else_steps=[step_fail],
    )
    return Pipeline(
        name="AbaloneSdk3",
        parameters=[instances, approval, data, threshold],
        steps=[step_process, step_train, step_median, step_eval, step_condition],
        sagemaker_session=session,
    )


bucket = Session().default_bucket()
boto3.client("s3").upload_file(sys.argv[1], bucket, "abalone/abalone.csv")
pipeline = get_pipeline(PipelineSession(), f"s3://{bucket}/abalone/abalone.csv")
arn = pipeline.upsert(role_arn=ROLE)["PipelineArn"]
assert pipeline.latest_pipeline_version_id == 1

good = pipeline.start()
good.wait(delay=1, max_attempts=120)
statuses = {step["StepName"]: step["StepStatus"] for step in good.list_steps()}
assert set(statuses.values()) == {"Succeeded"} and len(statuses) == 7, good.list_steps()
registered = next(step["Metadata"]["RegisterModel"]["Arn"] for step in good.list_steps() if "RegisterModel" in step["Metadata"])

bad = pipeline.start(parameters={"MseThreshold": 0.5}, execution_display_name="too-strict")
try:
    bad.wait(delay=1, max_attempts=120)
    raise AssertionError("the threshold lets it pass")
except WaiterError as error:
    assert "Failed" in str(error), error
steps = {step["StepName"]: step for step in bad.list_steps()}
assert steps["TooBad"]["FailureReason"] == "MSE is above 0.5", steps["TooBad"]
assert steps["Train"]["CacheHitResult"]["SourcePipelineExecutionArn"] == good.arn, steps["Train"]
assert pipeline.list_executions(sort_order="Ascending", max_results=1)["NextToken"]
assert pipeline.build_parameters_from_execution(bad.arn)["MseThreshold"] == "0.5"
assert pipeline.describe(pipeline_version_id=1)["PipelineStatus"] == "Active"

# The resource classes of sagemaker-core validate every answer with pydantic.
assert PipelineExecution.get(good.arn).pipeline_execution_status == "Succeeded"
assert [step.step_name for step in PipelineExecution.get(bad.arn).get_all_steps()][0] == "TooBad"
jobs = list(TrainingJob.get_all(name_contains=good.arn.split("/")[-1]))
assert {job.training_job_status for job in jobs} == {"Completed"} and len(jobs) == 2, jobs
for package in ModelPackage.get_all(model_package_group_name="abalone-sdk-3"):
    package.update(model_approval_status="Approved")
    assert package.model_approval_status == "Approved"
print(json.dumps({"pipeline": arn, "good": good.arn, "bad": bad.arn, "package": registered}))
