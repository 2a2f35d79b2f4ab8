"""Prints the definition of the abalone pipeline, written in the usual way with the SageMaker Python SDK 2."""

import boto3
from sagemaker import image_uris
from sagemaker.inputs import TrainingInput
from sagemaker.estimator import Estimator
from sagemaker.model import Model
from sagemaker.processing import ProcessingInput, ProcessingOutput, ScriptProcessor
from sagemaker.workflow.condition_step import ConditionStep
from sagemaker.workflow.conditions import ConditionLessThanOrEqualTo
from sagemaker.workflow.functions import JsonGet
from sagemaker.workflow.model_step import ModelStep
from sagemaker.workflow.parameters import ParameterInteger, ParameterString
from sagemaker.workflow.pipeline import Pipeline
from sagemaker.workflow.pipeline_context import PipelineSession
from sagemaker.workflow.properties import PropertyFile
from sagemaker.workflow.steps import ProcessingStep, TrainingStep

region = "us-east-1"
bucket = "training-111122223333-us-east-1"
role = "arn:aws:iam::111122223333:role/training-execution"
credentials = {"aws_access_key_id": "none", "aws_secret_access_key": "none"}
session = PipelineSession(boto_session=boto3.Session(region_name=region, **credentials))
session._default_bucket = bucket  # otherwise the SDK asks S3 whether the bucket exists

instance_type = ParameterString("ProcessingInstanceType", default_value="ml.m5.xlarge")
instance_count = ParameterInteger("ProcessingInstanceCount", default_value=1)
training_type = ParameterString("TrainingInstanceType", default_value="ml.m5.xlarge")
data = ParameterString("InputDataUrl")
image = image_uris.retrieve("xgboost", region, version="3.0-5")

processor = ScriptProcessor(
    image_uri=image,
    command=["python3"],
    role=role,
    instance_type=instance_type,
    instance_count=instance_count,
    sagemaker_session=session,
)
preprocess = ProcessingStep(
    "PreprocessAbaloneData",
    step_args=processor.run(
        code=f"s3://{bucket}/code/preprocess.py",
        inputs=[ProcessingInput(source=data, destination="/opt/ml/processing/input/data", input_name="data")],
        outputs=[
            ProcessingOutput(output_name=name, source=f"/opt/ml/processing/{name}")
            for name in ("train", "validation", "test")
        ],
    ),
)


def output(step, name):
    return step.properties.ProcessingOutputConfig.Outputs[name].S3Output.S3Uri


estimator = Estimator(
    image_uri=image,
    role=role,
    instance_type=training_type,
    instance_count=1,
    output_path=f"s3://{bucket}/abalone/executions",
    hyperparameters={"objective": "reg:squarederror", "num_round": 50, "max_depth": 5, "eta": 0.2},
    sagemaker_session=session,
)
train = TrainingStep(
    "TrainAbaloneModel",
    step_args=estimator.fit(
        {name: TrainingInput(output(preprocess, name), content_type="text/csv") for name in ("train", "validation")}
    ),
)
model_data = train.properties.ModelArtifacts.S3ModelArtifacts

report = PropertyFile(name="AbaloneEvaluationReport", output_name="evaluation", path="evaluation.json")
evaluate = ProcessingStep(
    "EvaluateAbaloneModel",
    step_args=processor.run(
        code=f"s3://{bucket}/code/evaluate.py",
        inputs=[
            ProcessingInput(source=model_data, destination="/opt/ml/processing/input/model", input_name="model"),
            ProcessingInput(
                source=output(preprocess, "test"), destination="/opt/ml/processing/input/test", input_name="test"
            ),
        ],
        outputs=[ProcessingOutput(output_name="evaluation", source="/opt/ml/processing/evaluation")],
    ),
    property_files=[report],
)
register = ModelStep(
    "RegisterAbaloneModel",
    step_args=Model(image_uri=image, model_data=model_data, role=role, sagemaker_session=session).register(
        content_types=["text/csv"], response_types=["text/csv"], model_package_group_name="abalone"
    ),
)
check = ConditionStep(
    "CheckMSEAbaloneEvaluation",
    conditions=[
        ConditionLessThanOrEqualTo(
            left=JsonGet(step_name=evaluate.name, property_file=report, json_path="regression_metrics.mse.value"),
            right=6.0,
        )
    ],
    if_steps=[register],
    else_steps=[],
)
pipeline = Pipeline(
    "abalone",
    parameters=[instance_type, instance_count, training_type, data],
    steps=[preprocess, train, evaluate, check],
    sagemaker_session=session,
)
print(pipeline.definition())
