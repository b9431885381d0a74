# Writes lightgbm.json: LightGBM's test AUC on the table that lightgbm.test.ts makes in the same way.
# pip install lightgbm scikit-learn pandas; python reference.py
import json
import os

import lightgbm
import numpy
import pandas
from sklearn.metrics import roc_auc_score

ROWS, M, MOST = 6000, 2147483647, 94906265


def uniform(row, stream):
    h = (row * 48271 + stream * 69621 + 12345) % M
    for _ in range(3):
        h %= MOST
        h = (h * h + row + stream) % M
    return h / M


def table():
    rows = []
    for row in range(ROWS):
        x, y, z = (2 * uniform(row, stream) - 1 for stream in (1, 2, 3))
        level = int(40 * uniform(row, 4) ** 2)
        score = 2 * (x * y > 0) + z * z + (1 if level % 3 == 0 else 0) - 1.8
        label = int(uniform(row, 5) < 1 / (1 + numpy.exp(-2 * score)))
        rows.append((numpy.nan if uniform(row, 6) < 0.1 + 0.4 * (z > 0.8) else x, y, z, level, label))
    data = pandas.DataFrame(rows, columns=["x", "y", "z", "level", "label"])
    data["level"] = data["level"].astype("category")
    return data


SETTINGS = {
    "defaults": {"num_leaves": 31, "reg_lambda": 0, "min_child_weight": 1e-3},
    "cautious": {"num_leaves": 15, "reg_lambda": 5, "min_child_weight": 1},
}
data = table()
train, held, test = data[:3600], data[3600:4800], data[4800:]
columns = ["x", "y", "z", "level"]
result = {"lightgbm": lightgbm.__version__}
for name, settings in SETTINGS.items():
    model = lightgbm.LGBMClassifier(
        n_estimators=300, learning_rate=0.1, min_child_samples=20, verbose=-1, n_jobs=1, **settings
    )
    model.fit(
        train[columns],
        train.label,
        eval_set=[(held[columns], held.label)],
        eval_metric="binary_logloss",
        callbacks=[lightgbm.early_stopping(30, verbose=False)],
    )
    result[name] = roc_auc_score(test.label, model.predict_proba(test[columns])[:, 1])
with open(os.path.join(os.path.dirname(__file__), "lightgbm.json"), "w") as file:
    json.dump(result, file, indent=2)
    file.write("\n")
