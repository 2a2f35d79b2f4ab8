print("evaluates the model")
