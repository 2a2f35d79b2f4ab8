# Trains models on the training rows, and saves their predictions for the test rows.
import io, json, os, pickle, sys, tarfile
import numpy as np, xgboost
base = os.environ["SAGEMAKER_BASE_DIR"]
rows = np.genfromtxt(base + "/processing/train/train.csv", delimiter=",")
test = np.genfromtxt(base + "/processing/test/test.csv", delimiter=",")

def train(columns=10, rounds=50, **more):
    parameters = {"objective": "reg:squarederror", "max_depth": 5, "eta": 0.2, "nthread": 2, **more}
    features = np.hstack([rows[:, 1:], rows[:, 1:]])[:, :columns]
    return xgboost.train(parameters, xgboost.DMatrix(features, label=rows[:, 0]), num_boost_round=rounds)

def keep(name, content, member="xgboost-model"):
    with tarfile.open(f"{base}/{name}.tar.gz", "w:gz") as archive:
        info = tarfile.TarInfo(member)
        info.size = len(content)
        archive.addfile(info, io.BytesIO(content))

good, worse = train(), train(rounds=2)
keep("good", good.save_raw("ubj"))
keep("json", good.save_raw("json"))
keep("pickled", pickle.dumps(good))
keep("worse", worse.save_raw("ubj"))
keep("narrow", train(columns=9).save_raw("ubj"))
keep("wide", train(columns=12).save_raw("ubj"))
keep("classes", train(objective="multi:softprob", num_class=30, rounds=1).save_raw("ubj"))
keep("garbage", b"this is no model")
keep("cut", good.save_raw("ubj")[:5000])
keep("dictionary", pickle.dumps({}))
keep("torn-pickle", pickle.dumps(good)[:3000])
keep("other-member", good.save_raw("ubj"), member="model.bin")
matrix = xgboost.DMatrix(test[:, 1:])
predictions = {name: model.predict(matrix).astype(float).tolist() for name, model in (("good", good), ("worse", worse))}
json.dump({"labels": test[:, 0].tolist(), **predictions}, open(base + "/predictions.json", "w"))
