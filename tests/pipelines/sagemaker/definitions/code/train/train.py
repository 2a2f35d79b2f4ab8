print("trains a model")
