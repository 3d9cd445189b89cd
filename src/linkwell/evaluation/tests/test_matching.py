"""If these fail, supported people are compared with people unlike them, or with too much certainty."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats

from linkwell.evaluation.estimate import Estimate
from linkwell.evaluation.matching import propensity, sensitivity
from linkwell.evaluation.matching.covariates import Flags, Rows, covariates
from linkwell.evaluation.matching.effect import within_pairs
from linkwell.evaluation.matching.outcome import Asked, Kind, Outcome, read_outcome
from linkwell.evaluation.matching.pairing import pair
from linkwell.evaluation.matching.robust import doubly_robust
from linkwell.evaluation.matching.study import Design, match
from linkwell.evaluation.table import Numbers, Table, read_table
from linkwell.evaluation.tests.asking import ask, refused, written

FOLDER = Path(__file__).parent / "references"
REFERENCE = json.loads((FOLDER / "matching.json").read_text())
COVARIATES = ("age", "visits", "deprivation")
DESIGNS = {
    "once": Design("d", COVARIATES),
    "exact": Design("d", COVARIATES, exact=("sex",)),
    "again": Design("d", COVARIATES, replace=True),
}
OUTCOMES = {
    "score": Asked("score"),
    "better": Asked("better"),
    "better_ratio": Asked("better"),
    "events_ratio": Asked("events", "years"),
}


@pytest.fixture(scope="module")
def people() -> Table:
    return read_table(FOLDER / "matching.csv")


def made_up(count: int = 300, seed: int = 5, columns: int = 3) -> tuple[Numbers, Flags]:
    random = np.random.default_rng(seed)
    values = random.normal(size=(count, columns))
    return values, random.random(count) < 1 / (1 + np.exp(1 - values.sum(axis=1) / 2))


def file_of(folder: Path, values: Numbers, treated: Flags, **more: np.ndarray[Any, Any]) -> Path:
    names = [f"x{place}" for place in range(values.shape[1])]
    rows = zip(*values.T, treated.astype(int), *more.values(), strict=True)
    return written(folder, ",".join([*names, "d", *more]), rows)


def test_propensity_is_that_of_other_programs(people: Table) -> None:
    """R's glm and statsmodels' Logit, to 8 digits."""
    matched = match(people, DESIGNS["once"])
    assert matched.fitted.logit[:20] == pytest.approx(REFERENCE["logit"], rel=1e-8)
    design = sm.add_constant(matched.given.standard())
    assert matched.fitted.coefficients == pytest.approx(sm.Logit(matched.treated, design).fit(disp=0).params, rel=1e-8)


@pytest.mark.parametrize("name", DESIGNS)
def test_pairs_are_those_of_the_matching_package(people: Table, name: str) -> None:
    """Matching 4.10-8: the same people in the same pairs, with exact keys and with controls used again."""
    matched = match(people, DESIGNS[name])
    assert matched.pairs.treated.tolist() == REFERENCE[f"{name}_treated"]
    assert matched.pairs.controls.tolist() == REFERENCE[f"{name}_controls"]
    assert matched.pairs.caliper == pytest.approx(REFERENCE["caliper"][0], rel=1e-10)


@pytest.mark.parametrize("name", DESIGNS)
@pytest.mark.parametrize("outcome", OUTCOMES)
def test_effects_among_pairs_are_those_of_r(people: Table, name: str, outcome: str) -> None:
    """lm and glm with errors of the sandwich package (vcovCL), to 6 digits."""
    matched = match(people, DESIGNS[name])
    effect = within_pairs(read_outcome(people, OUTCOMES[outcome]), matched.given, matched.pairs)
    found = effect.ratio if outcome.endswith("ratio") else effect.difference
    assert found is not None
    value = np.log(found.value) if outcome.endswith("ratio") else found.value
    assert (value, found.error) == pytest.approx(REFERENCE[f"{name}_{outcome}"], rel=1e-6)


def test_balance_is_that_of_the_matching_package(people: Table) -> None:
    found = [each.difference_after for each in match(people, DESIGNS["once"]).balance]
    assert found == pytest.approx(REFERENCE["once_balance"], rel=1e-8)


def test_pairs_are_those_of_a_search_through_everybody() -> None:
    """Given 60 treated and 240 others: each in turn, the hardest first, looks at all who are still free."""
    values, treated = made_up(300)
    logit = propensity.fit(covariates(("a", "b", "c"), values), treated).logit
    found = pair(logit, treated, caliper=0.05)
    free = dict.fromkeys(np.flatnonzero(~treated).tolist())
    expected = {}
    for row in sorted(np.flatnonzero(treated).tolist(), key=lambda row: -logit[row]):
        near = min(free, key=lambda other: abs(logit[other] - logit[row]))
        if abs(logit[near] - logit[row]) <= found.caliper:
            expected[row] = near
            del free[near]
    assert dict(zip(found.treated.tolist(), found.controls.tolist(), strict=True)) == expected
    assert found.alone.tolist() == [row for row in np.flatnonzero(treated).tolist() if row not in expected]


def test_which_of_equal_controls_is_taken_has_nothing_to_do_with_the_order_of_the_file() -> None:
    """Given a file sorted by outcome and one yes-or-no covariate, taking the first would choose the outcome."""
    treated = np.repeat([True, False], [100, 900])
    outcome = np.sort(np.random.default_rng(1).normal(size=1000))
    outcome[treated] = outcome[~treated].mean()
    pairs = pair(np.zeros(1000) + np.tile([0.0, 1.0], 500), treated, caliper=1.0)
    assert abs(outcome[pairs.controls].mean() - outcome[~treated].mean()) < 0.2
    assert set(pair(np.tile([0.0, 1.0], 500), treated, caliper=1.0, seed=2).controls) != set(pairs.controls)


@pytest.mark.parametrize("kind", ["score", "rate"])
def test_doubly_robust_error_is_that_of_doing_it_again(kind: Kind) -> None:
    """Given 300 people, the error from influence functions agrees within a tenth with 500 bootstrap samples."""
    values, treated = made_up(300)
    random = np.random.default_rng(2)
    score = values @ [1.0, 2.0, -1.0] + treated + random.normal(size=300)
    years = random.uniform(0.5, 1.0, 300)
    events = random.poisson(years * np.exp(1 + values[:, 0] / 4 + treated / 2)).astype(np.float64)

    def estimated(rows: Rows) -> Estimate:
        given = covariates(("a", "b", "c"), values[rows])
        fitted = propensity.fit(given, treated[rows])
        outcome = Outcome("y", kind, score[rows]) if kind == "score" else Outcome("y", kind, events[rows], years[rows])
        return doubly_robust(outcome, given, treated[rows], fitted).effect.main[0]

    again = [estimated(random.integers(0, 300, 300)).value for _ in range(500)]
    spread = np.std(np.log(again) if kind == "rate" else again)
    assert estimated(np.arange(300)).error == pytest.approx(spread, rel=0.1)


def test_doubly_robust_needs_only_one_of_its_models() -> None:
    """Given that the regression is wrong (a square is left out) but the propensity right, and the other way round."""
    random = np.random.default_rng(7)
    x = random.normal(size=(20_000, 1))
    straight = random.random(20_000) < 1 / (1 + np.exp(1 - x[:, 0]))
    bent = random.random(20_000) < 1 / (1 + np.exp(2 - np.square(x[:, 0])))
    for treated, part in ((straight, np.square(x[:, 0])), (bent, x[:, 0])):
        given = covariates(("x",), x)
        score = 3 * part + treated + random.normal(size=20_000)
        found = doubly_robust(Outcome("y", "score", score), given, treated, propensity.fit(given, treated))
        assert found.effect.difference is not None
        assert found.effect.difference.value == pytest.approx(1.0, abs=3 * (found.effect.difference.error or 0))


def test_e_values_are_the_published_ones() -> None:
    """VanderWeele and Ding 2017: a risk ratio of 3.9 (1.8 to 8.7) has 7.26, its interval 3.0."""
    found = sensitivity.of_ratio(Estimate(3.9, 1.8, 8.7, 100))
    assert (found.estimate, found.interval) == pytest.approx((7.26, 3.0), abs=0.005)
    assert sensitivity.of_ratio(Estimate(0.8, 0.5, 1.1, 100)).interval == 1.0


def test_bounds_of_pairs_are_the_published_ones() -> None:
    """Rosenbaum 2002, smoking and lung cancer: 36,975 pairs, 122 differ, 110 one way. One-sided p at 4, 5 and 6 times.

    Published by a normal approximation, here exact: within 0.007.
    """
    found = sensitivity.bounds(np.repeat([1.0, -1.0, 0.0], [110, 12, 36_853]), (4.0, 5.0, 6.0))
    assert found is not None
    assert [p / 2 for _, p in found.table] == pytest.approx([0.0036, 0.03, 0.1], abs=0.007)
    assert stats.binomtest(110, 122, 5 / 6, alternative="greater").pvalue == pytest.approx(found.table[1][1] / 2)


def test_bounds_of_scores_are_those_of_every_possible_sign() -> None:
    """Given 12 pairs and a bias of 1.5: all 4,096 ways the signs could have fallen, each with its chance."""
    differences = np.array([1.2, 0.4, 2.2, -0.3, 3.1, 0.9, 1.7, -0.1, 2.6, 0.7, 1.1, 0.2])
    ranks = stats.rankdata(np.abs(differences))
    seen = ranks[differences > 0].sum()
    chance = 1.5 / 2.5
    ways = [
        (ranks[np.array(signs)].sum(), chance ** sum(signs) * (1 - chance) ** (12 - sum(signs)))
        for signs in product((False, True), repeat=12)
    ]
    found = sensitivity.bounds(differences, (1.5,))
    assert found is not None
    assert found.table[0][1] / 2 == pytest.approx(sum(weight for total, weight in ways if total >= seen), abs=0.005)


def test_death_is_no_success(tmp_path: Path) -> None:
    """Given the same share of good ends on both sides, but half the supported died afterwards."""
    values, treated = made_up(400)
    good = np.tile([1, 0], 200)
    died = np.where(treated & (np.arange(400) % 4 == 0), "died", "")
    path = file_of(tmp_path, values, treated, good=good, gone=died)
    asked = ("match", "--data", path, "--treat", "d", "--covariates", "x0,x1,x2", "--outcome", "good")
    plain = ask(*asked)["effect"]["matched"]["treated"]
    told = ask(*asked, "--ended", "gone", "--good", 1)
    assert told["effect"]["matched"]["treated"] < plain - 0.1
    assert told["ended_early_or_not_known"]["treated_ended"] > 10
    assert "never a success" in refused(*asked, "--ended", "gone")


def test_many_groups_are_not_many_chances(tmp_path: Path) -> None:
    """Given no effect and ten groups: Holm's p-values are larger than each by itself."""
    values, treated = made_up(1500)
    random = np.random.default_rng(8)
    groups, score = random.integers(0, 10, 1500), random.normal(size=1500)
    dose = np.where(treated, random.integers(1, 13, 1500), 0)
    path = file_of(tmp_path, values, treated, score=score, area=groups, dose=dose)
    told = ask("match", "--data", path, "--treat", "d", "--covariates", "x0,x1,x2", "--outcome", "score",
               "--subgroup", "area", "--dose", "dose")  # fmt: skip
    parts = [each for each in told["groups"] if each["effect"]]
    assert {each["column"] for each in told["groups"]} == {"area", "dose"}
    assert all(each["p"] >= each["effect"]["difference"]["p"] for each in parts)
    assert min(each["p"] for each in parts) > 0.05


@pytest.mark.parametrize(
    ("spoilt", "said"),
    [
        ({"x0": np.ones(200)}, "“x0” is the same for everyone"),
        ({"x0": np.repeat([0.0, 1.0], 100)}, "“x0” alone tells who was supported"),
        ({"x0": np.repeat([0, 1], [50, 150])}, "One side is all the same in “x0”"),
        (
            {"x0": np.arange(200) // 10 + np.tile([0, 5], 100), "x1": np.tile([0, 5], 100)},
            "The covariates together tell",
        ),
        ({"d": np.repeat([0, 1], [199, 1])}, "Only one person was supported"),
        ({"d": np.zeros(200)}, "Nobody was supported"),
        ({"d": np.full(200, 2)}, "must be 1 for people who were supported"),
        ({"x0": np.array(["much", *np.arange(199)])}, "Row 2, column “x0”: “much” is not a number"),
        ({"x0": np.array(["inf", *np.arange(199)])}, "Row 2, column “x0”: the cell is not a finite number"),
        ({"x0": np.array(["1e300", *np.arange(199)])}, "is larger than anything that is measured"),
        ({"y": np.ones(200)}, "“y” is the same for everyone"),
        ({"x1": np.arange(200) * 2.0, "x0": np.arange(200)}, "can be worked out from the covariates before it"),
        ({"x0": np.repeat([0.0, 3.0], 100) + np.tile(np.arange(100), 2) / 28}, "overlap too little"),
    ],
)
def test_what_cannot_be_compared_is_refused(tmp_path: Path, spoilt: dict[str, Numbers], said: str) -> None:
    random = np.random.default_rng(3)
    columns = {"x0": random.normal(size=200), "x1": random.normal(size=200), "d": np.repeat([0, 1], 100)}
    columns |= {"y": random.normal(size=200)} | spoilt
    path = written(tmp_path, ",".join(columns), zip(*columns.values(), strict=True))
    asked = ("match", "--data", path, "--treat", "d", "--covariates", "x0,x1", "--outcome", "y")
    assert said in refused(*asked)


def test_a_report_says_who_found_nobody(people: Table, tmp_path: Path) -> None:
    data = FOLDER / "matching.csv"
    ask("match", "--data", data, "--treat", "d", "--covariates", "age,visits,deprivation", "--caliper", "0.02",
        "--outcome", "score", "--report", tmp_path)  # fmt: skip
    page = (tmp_path / "report.html").read_text()
    alone = match(people, Design("d", COVARIATES, caliper=0.02)).people.alone
    assert alone > 0
    assert f"{alone} supported people had nobody like them" in page
    assert "Standardised difference" in page
