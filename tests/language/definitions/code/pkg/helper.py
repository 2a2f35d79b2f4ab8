GREETING = "a program of two files"
