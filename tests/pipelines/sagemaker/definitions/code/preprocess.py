print("splits the data")
