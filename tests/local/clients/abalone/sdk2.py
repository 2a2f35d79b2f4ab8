"""The abalone pipeline of AWS's tutorial with the SageMaker Python SDK 2, written as for a real AWS account.

Its argument is the path of the data. Prints the ARNs of its resources as JSON.
Source: https://docs.aws.amazon.com/sagemaker/latest/dg/define-pipeline.html
"""

import json
import sys
from pathlib import Path

import sagemaker
from botocore.exceptions import WaiterError
from sagemaker.estimator import Estimator
from sagemaker.inputs import TrainingInput
from sagemaker.model import Model, ModelPackage
from sagemaker.model_metrics import MetricsSource, ModelMetrics
from sagemaker.processing import FrameworkProcessor, ProcessingInput, ProcessingOutput
from sagemaker.sklearn import SKLearn
from sagemaker.sklearn.processing import SKLearnProcessor
from sagemaker.transformer import Transformer
from sagemaker.workflow.condition_step import ConditionStep
from sagemaker.workflow.conditions import ConditionLessThanOrEqualTo
from sagemaker.workflow.fail_step import FailStep
from sagemaker.workflow.functions import Join, JsonGet
from sagemaker.workflow.model_step import ModelStep
from sagemaker.workflow.parameters import ParameterFloat, ParameterInteger, ParameterString
from sagemaker.workflow.pipeline import Pipeline
from sagemaker.workflow.pipeline_context import PipelineSession
from sagemaker.workflow.properties import PropertyFile
from sagemaker.workflow.retry import StepExceptionTypeEnum, StepRetryPolicy
from sagemaker.workflow.selective_execution_config import SelectiveExecutionConfig
from sagemaker.workflow.steps import CacheConfig, ProcessingStep, TrainingStep, TransformStep
from sagemaker.xgboost import XGBoost

HERE = Path(__file__).parent
# The role does not exist, because this endpoint does not check roles.
ROLE = "arn:aws:iam::123456789012:role/sagemaker-execution"
MACHINE = {"instance_type": "ml.m5.xlarge", "role": ROLE}


def get_pipeline(session, input_uri):
    bucket = session.default_bucket()
    instances = ParameterInteger(name="ProcessingInstanceCount", default_value=1)
    approval = ParameterString(name="ModelApprovalStatus", default_value="PendingManualApproval")
    data = ParameterString(name="InputData", default_value=input_uri)
    threshold = ParameterFloat(name="MseThreshold", default_value=20.5)
    cache = CacheConfig(enable_caching=True, expire_after="PT1H")

    preprocess = SKLearnProcessor("1.2-1", instance_count=instances, sagemaker_session=session, **MACHINE)
    step_process = ProcessingStep(
        name="AbaloneProcess",
        step_args=preprocess.run(
            code=str(HERE / "preprocess.py"),
            inputs=[ProcessingInput(source=data, destination="/opt/ml/processing/input")],
            outputs=[
                ProcessingOutput(output_name=name, source=f"/opt/ml/processing/{name}")
                for name in ("train", "validation", "test")
            ],
        ),
        cache_config=cache,
        retry_policies=[StepRetryPolicy([StepExceptionTypeEnum.SERVICE_FAULT], max_attempts=2, interval_seconds=1)],
    )
    outputs = step_process.properties.ProcessingOutputConfig.Outputs
    train_data = outputs["train"].S3Output.S3Uri

    image = sagemaker.image_uris.retrieve("xgboost", session.boto_region_name, "1.0-1")
    estimator = Estimator(image, instance_count=1, output_path=f"s3://{bucket}/AbaloneTrain", sagemaker_session=session, **MACHINE)
    estimator.set_hyperparameters(objective="reg:linear", num_round=20, max_depth=5, eta=0.2, silent=0)
    channels = {
        name: TrainingInput(outputs[name].S3Output.S3Uri, content_type="text/csv") for name in ("train", "validation")
    }
    step_train = TrainingStep(name="AbaloneTrain", step_args=estimator.fit(channels), cache_config=cache)

    script = SKLearn(
        "train.py",
        source_dir=str(HERE),
        framework_version="1.2-1",
        hyperparameters={"quantile": 0.5},
        sagemaker_session=session,
        **MACHINE,
    )
    step_args = script.fit({"train": TrainingInput(train_data)})
    step_median = TrainingStep(name="AbaloneMedian", step_args=step_args, cache_config=cache)

    evaluate = FrameworkProcessor(XGBoost, "1.0-1", instance_count=1, sagemaker_session=session, **MACHINE)
    report = PropertyFile(name="EvaluationReport", output_name="evaluation", path="evaluation.json")
    step_eval = ProcessingStep(
        name="AbaloneEval",
        step_args=evaluate.run(
            code="evaluate.py",
            source_dir=str(HERE),
            inputs=[
                ProcessingInput(step_train.properties.ModelArtifacts.S3ModelArtifacts, "/opt/ml/processing/model"),
                ProcessingInput(outputs["test"].S3Output.S3Uri, "/opt/ml/processing/test"),
            ],
            outputs=[ProcessingOutput(output_name="evaluation", source="/opt/ml/processing/evaluation")],
        ),
        property_files=[report],
    )

    model = Model(image, step_train.properties.ModelArtifacts.S3ModelArtifacts, role=ROLE, sagemaker_session=session)
    step_model = ModelStep(name="AbaloneModel", step_args=model.create(instance_type="ml.m5.large"))
    transformer = Transformer(
        step_model.properties.ModelName,
        instance_count=1,
        instance_type="ml.m5.xlarge",
        output_path=f"s3://{bucket}/AbaloneTransform",
        sagemaker_session=session,
    )
    step_transform = TransformStep(
        name="AbaloneTransform",
        step_args=transformer.transform(
            outputs["test"].S3Output.S3Uri, content_type="text/csv", split_type="Line", input_filter="$[1:]"
        ),
    )
    evaluation = step_eval.properties.ProcessingOutputConfig.Outputs["evaluation"].S3Output.S3Uri
    metrics = MetricsSource(s3_uri=Join(on="/", values=[evaluation, "evaluation.json"]), content_type="application/json")
    step_register = ModelStep(
        name="AbaloneRegister",
        step_args=model.register(
            content_types=["text/csv"],
            response_types=["text/csv"],
            inference_instances=["ml.m5.large"],
            transform_instances=["ml.m5.large"],
            model_package_group_name="abalone-sdk-2",
            approval_status=approval,
            model_metrics=ModelMetrics(model_statistics=metrics),
        ),
    )
    step_fail = FailStep(name="AbaloneFail", error_message=Join(on=" ", values=["MSE is above", threshold]))
    mse = JsonGet(step_name=step_eval.name, property_file=report, json_path="regression_metrics.mse.value")
    step_condition = ConditionStep(
        name="AbaloneCondition",
        conditions=[ConditionLessThanOrEqualTo(left=mse, right=threshold)],
        if_steps=[step_register, step_model, step_transform],
        else_steps=[step_fail],
    )
    return Pipeline(
        name="AbaloneSdk2",
        parameters=[instances, approval, data, threshold],
        steps=[step_process, step_train, step_median, step_eval, step_condition],
        sagemaker_session=session,
    )


def statuses(execution):
    return {step["StepName"]: step["StepStatus"] for step in execution.list_steps()}


session = sagemaker.Session()
uri = sagemaker.s3.S3Uploader.upload(sys.argv[1], f"s3://{session.default_bucket()}/abalone")
pipeline = get_pipeline(PipelineSession(), uri)
arn = pipeline.upsert(ROLE, tags=[{"Key": "team", "Value": "abalone"}])["PipelineArn"]
assert pipeline.describe()["PipelineStatus"] == "Active"

good = pipeline.start()
good.wait(delay=1, max_attempts=120)
assert set(statuses(good).values()) == {"Succeeded"} and len(statuses(good)) == 8, good.list_steps()
parameters = {each["Name"]: each["Value"] for each in good.list_parameters()["PipelineParameters"]}
assert parameters == {
    "ProcessingInstanceCount": "1",
    "ModelApprovalStatus": "PendingManualApproval",
    "InputData": uri,
    "MseThreshold": "20.5",
}, parameters
registered = next(step["Metadata"]["RegisterModel"]["Arn"] for step in good.list_steps() if "RegisterModel" in step["Metadata"])

# The same model outside of a pipeline: the SDK makes a model of the package, and waits for the transform job.
processed = next(step["Metadata"]["ProcessingJob"]["Arn"] for step in good.list_steps() if step["StepName"] == "AbaloneProcess")
outputs = session.describe_processing_job(processed.split("/")[-1])["ProcessingOutputConfig"]["Outputs"]
test = next(each["S3Output"]["S3Uri"] for each in outputs if each["OutputName"] == "test")
place = f"s3://{session.default_bucket()}/AbaloneBatch"
packaged = ModelPackage(ROLE, model_package_arn=registered, sagemaker_session=session)
batch = packaged.transformer(1, "ml.m5.large", output_path=place, accept="text/csv", assemble_with="Line")
batch.transform(test, content_type="text/csv", split_type="Line", input_filter="$[1:]", logs=False)
rows = sagemaker.s3.S3Downloader.read_file(f"{test}/test.csv", session).splitlines()
answers = sagemaker.s3.S3Downloader.read_file(f"{place}/test.csv.out", session).splitlines()
assert len(rows) == len(answers) > 100, (len(rows), len(answers))
packaged.delete_model()

bad = pipeline.start(
    parameters={"MseThreshold": 0.5},
    execution_display_name="too-strict",
    execution_description="nothing is that good",
    parallelism_config={"MaxParallelExecutionSteps": 2},
)
try:
    bad.wait(delay=1, max_attempts=120)
    raise AssertionError("the threshold lets it pass")
except WaiterError as error:
    assert "Failed" in str(error), error
steps = {step["StepName"]: step for step in bad.list_steps()}
assert steps["AbaloneFail"]["FailureReason"] == "MSE is above 0.5", steps["AbaloneFail"]
for name in ("AbaloneProcess", "AbaloneTrain", "AbaloneMedian"):
    assert steps[name]["CacheHitResult"]["SourcePipelineExecutionArn"] == good.arn, steps[name]
assert bad.describe()["PipelineExecutionDisplayName"] == "too-strict"

pipeline.upsert(ROLE, description="again")
assert pipeline.describe()["PipelineDescription"] == "again"
assert [each["PipelineVersionId"] for each in pipeline.list_pipeline_versions()["PipelineVersionSummaries"]] == [1]
page = pipeline.list_executions(sort_by="CreationTime", sort_order="Ascending", max_results=1)
assert page["PipelineExecutionSummaries"][0]["PipelineExecutionArn"] == good.arn, page
page = pipeline.list_executions(sort_order="Ascending", max_results=1, next_token=page["NextToken"])
assert page["PipelineExecutionSummaries"][0]["PipelineExecutionArn"] == bad.arn, page
assert pipeline.build_parameters_from_execution(bad.arn)["MseThreshold"] == "0.5"

# Without a source execution, the SDK uses the latest one.
selected = pipeline.start(selective_execution_config=SelectiveExecutionConfig(selected_steps=["AbaloneEval"]))
selected.wait(delay=1, max_attempts=120)
results = {step["StepName"]: step.get("SelectiveExecutionResult") for step in selected.list_steps()}
assert results["AbaloneTrain"] == {"SourcePipelineExecutionArn": bad.arn} and results["AbaloneEval"] is None, results

stopped = pipeline.start()
stopped.stop()
print(json.dumps({"pipeline": arn, "good": good.arn, "bad": bad.arn, "package": registered}))
