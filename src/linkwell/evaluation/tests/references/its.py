"""Makes its.csv and its.json: a made-up series, and its regression worked out without statsmodels.

Likelihoods are maximised by scipy from their formulae, errors come from the written-out Hessian, and Newey and West's
from loops over pairs of steps. Run it as `python -m linkwell.evaluation.tests.references.its`.
"""

from __future__ import annotations

import csv
import json
from math import floor
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.special import gammaln

HERE = Path(__file__).parent
STEPS, BEGINS, HARMONICS, SEED = 60, 36, 2, 20260401


def made_up() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Visits a month out of so many people: a fall of 20 % at once, seasons, and more spread than Poisson's."""
    random = np.random.default_rng(SEED)
    steps = np.arange(STEPS)
    people = 10_000 + 20 * steps
    rate = 0.03 * np.exp(0.004 * steps - 0.22 * (steps >= BEGINS) + 0.1 * np.sin(2 * np.pi * steps / 12))
    visits = random.poisson(people * rate * random.gamma(60, 1 / 60, STEPS))
    return steps, people, visits


def columns(steps: np.ndarray) -> np.ndarray:
    on = (steps >= BEGINS).astype(float)
    waves = [wave(2 * np.pi * k * steps / 12) for k in range(1, HARMONICS + 1) for wave in (np.sin, np.cos)]
    return np.column_stack([np.ones(STEPS), steps, on, on * (steps - BEGINS), *waves])


def poisson(x: np.ndarray, y: np.ndarray, people: np.ndarray) -> np.ndarray:
    """Newton's steps on the likelihood."""
    found = np.zeros(x.shape[1])
    found[0] = np.log(y.sum() / people.sum())
    for _ in range(50):
        expected = people * np.exp(x @ found)
        found = found + np.linalg.solve(x.T @ (expected[:, None] * x), x.T @ (y - expected))
    return found


def negative_binomial(x: np.ndarray, y: np.ndarray, people: np.ndarray, start: np.ndarray) -> tuple[np.ndarray, float]:
    """Coefficients and alpha of greatest likelihood, looked for together."""
    scale = np.array([1.0, 0.01, 1.0, 0.01] + [1.0] * (x.shape[1] - 4))

    def worse(given: np.ndarray) -> float:
        expected, size = people * np.exp(x @ (given[:-1] * scale)), np.exp(-given[-1])
        part = gammaln(y + size) - gammaln(size) - gammaln(y + 1)
        return -float(np.sum(part + size * np.log(size / (size + expected)) + y * np.log(expected / (size + expected))))

    best = minimize(worse, np.r_[start / scale, np.log(0.02)], method="Nelder-Mead", options={
        "maxiter": 200_000, "maxfev": 200_000, "xatol": 1e-10, "fatol": 1e-12, "adaptive": True,
    })  # fmt: skip
    best = minimize(worse, best.x, method="BFGS", options={"gtol": 1e-9})
    return best.x[:-1] * scale, float(np.exp(best.x[-1]))


def newey_west(x: np.ndarray, residual: np.ndarray, bread: np.ndarray) -> np.ndarray:
    """Bartlett's weights, pair by pair, with n / (n - k)."""
    n, k = x.shape
    lags = floor(4 * (n / 100) ** (2 / 9))
    meat = np.zeros((k, k))
    for one in range(n):
        for other in range(n):
            weight = max(0.0, 1 - abs(one - other) / (lags + 1))
            meat += weight * residual[one] * residual[other] * np.outer(x[one], x[other])
    covariance: np.ndarray = bread @ meat @ bread * n / (n - k)
    return covariance


def main() -> None:
    steps, people, visits = made_up()
    with (HERE / "its.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["month", "visits", "people", "on"])
        for step in steps:
            month = f"{2021 + step // 12}-{step % 12 + 1:02}"
            writer.writerow([month, visits[step], people[step], int(step >= BEGINS)])
    x = columns(steps)
    found = poisson(x, visits, people)
    expected = people * np.exp(x @ found)
    bread = np.linalg.inv(x.T @ (expected[:, None] * x))
    dispersion = float(np.sum((visits - expected) ** 2 / expected) / (STEPS - x.shape[1]))
    both, alpha = negative_binomial(x, visits, people, found)
    likely = people * np.exp(x @ both)
    spread = np.linalg.inv(x.T @ ((likely / (1 + alpha * likely))[:, None] * x))
    numbers = {
        "coefficients": found.tolist(),
        "poisson_errors": np.sqrt(np.diag(bread)).tolist(),
        "quasi_errors": np.sqrt(np.diag(bread) * dispersion).tolist(),
        "newey_west_errors": np.sqrt(np.diag(newey_west(x, visits - expected, bread))).tolist(),
        "dispersion": dispersion,
        "negbin_coefficients": both.tolist(),
        "negbin_errors": np.sqrt(np.diag(spread)).tolist(),
        "negbin_alpha": alpha,
    }
    (HERE / "its.json").write_text(json.dumps(numbers, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
