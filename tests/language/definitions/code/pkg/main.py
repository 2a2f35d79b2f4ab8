from helper import GREETING

print(GREETING)
