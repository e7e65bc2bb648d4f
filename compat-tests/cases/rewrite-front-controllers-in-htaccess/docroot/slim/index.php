front of slim
