"""How pay is read: what one figure means, and which ranges make one pay."""

from __future__ import annotations

import pytest

from skillgap.analyzer import Analyzer


@pytest.mark.parametrize(
    ("line", "salary"),
    [
        ("$120k–$160k", (120_000, 160_000, "USD", "year")),
        ("The salary range is $103,300 - $154,975.", (103_300, 154_975, "USD", "year")),
        ("£70,000 to £85,000 per annum", (70_000, 85_000, "GBP", "year")),
        ("Salary: €62.000 - €78.000 gross", (62_000, 78_000, "EUR", "year")),
        ("We pay between €70k and €90k a year", (70_000, 90_000, "EUR", "year")),
        ("₹18–40 LPA", (1_800_000, 4_000_000, "INR", "year")),
        ("CTC 18-25 lakhs per annum", (1_800_000, 2_500_000, "INR", "year")),
        ("Hourly rate is $40-$100", (40, 100, "USD", "hour")),
        ("€5,200 - €6,900 per month", (5_200, 6_900, "EUR", "month")),
        ("CAD 110,000 - 160,000", (110_000, 160_000, "CAD", "year")),
        ("120,000 - 150,000 USD per year", (120_000, 150_000, "USD", "year")),
        ("Salary up to £90k", (None, 90_000, "GBP", "year")),
        ("up to £78k", (None, 78_000, "GBP", "year")),
        ("Salary £60k", (60_000, 60_000, "GBP", "year")),
        ("Rate: $55/hr", (55, 55, "USD", "hour")),
        ("compensation upto INR 5LPA", (None, 500_000, "INR", "year")),
        ("Salary: 5-8LPA", (500_000, 800_000, "INR", "year")),
        ("A role in Dublin, three days in, EUR 600-700 a day, 6 months.", (600, 700, "EUR", "day")),
        ("You get an allowance for meals of EUR 20-30 a day", None),
        ("backed by $135M in funding", None),
        ("We grew from 10-20 customers", None),
        ("a $500 - $1,000 learning budget", None),
    ],
)
def test_salary(analyzer: Analyzer, line: str, salary: tuple | None) -> None:
    found = analyzer.job(f"Engineer\n\nRequirements\n- Python\n\n{line}\n").profile.facts.salary
    assert (found and (found.minimum, found.maximum, found.currency, found.period)) == salary


@pytest.mark.parametrize(
    ("lines", "salary"),
    [
        ("Oslo: $100,000 - $120,000\n\nRome: $90,000 - $110,000", (90_000, 120_000)),
        ("Oslo $100,000 - $120,000; Rome $130,000 - $140,000 a year", (100_000, 140_000)),
        ("Base: $100,000 - $120,000\n\nOn-target earnings: $150,000 - $190,000", (100_000, 120_000)),
        ("Base: $100,000 - $120,000\n\nBonus of $5,000 - $9,000", (100_000, 120_000)),
        ("Oslo: $100,000 - $120,000\n\nRome: €90,000 - €99,000", (100_000, 120_000)),
        ("Staff: $100,000 - $120,000\n\nTemps: $30 - $40 per hour", (100_000, 120_000)),
        ("Pay: $100,000 - $120,000\n\nThe usual pay is $80,000 a year", (100_000, 120_000)),
    ],
)
def test_pay_by_place_is_one_range(analyzer: Analyzer, lines: str, salary: tuple[int, int]) -> None:
    found = analyzer.job(f"Engineer\n\nRequirements\n- Python\n\n{lines}\n").profile.facts.salary
    assert found is not None
    assert (found.minimum, found.maximum, found.currency) == (*salary, "USD")


@pytest.mark.parametrize(
    ("line", "salary"),
    [
        ("$120,000 - $150,000. 3 days/week in office.", (120_000, 150_000, "USD", "year")),
        ("$120,000 - $150,000, 3 days/week in office.", (120_000, 150_000, "USD", "year")),
        ("$120,000 - $150,000 per week", (120_000, 150_000, "USD", "year")),
        ("$152,000 - $228,000 (hourly equivalent $73 - $110)", (152_000, 228_000, "USD", "year")),
        ("$73 - $110 an hour (annual equivalent $152,000 - $228,000)", (73, 110, "USD", "hour")),
        ("Salary: $120,000 or $60/hour", (120_000, 120_000, "USD", "year")),
        ("Salary: $120,000 / or $60/hour", (120_000, 120_000, "USD", "year")),
        ("Salary: $120,000\n\nor $60/hour", (120_000, 120_000, "USD", "year")),
        ("HUF 1,200,000 - 1,500,000 gross per month", (1_200_000, 1_500_000, "HUF", "month")),
        ("JPY 600,000 - 800,000 per month", (600_000, 800_000, "JPY", "month")),
        ("INR 1,00,000 - 1,50,000 per month", (100_000, 150_000, "INR", "month")),
        ("ZAR 60k - 80k per month", (60_000, 80_000, "ZAR", "month")),
        ("Monthly salary: SEK 62,000 - 70,000", (62_000, 70_000, "SEK", "month")),
        ("Salary INR 12,00,000 - 18,00,000 for a 12 month contract", (1_200_000, 1_800_000, "INR", "year")),
        ("Daily rate: 450-550 EUR", (450, 550, "EUR", "day")),
        ("Day rate: £450 - £550, 6 months", (450, 550, "GBP", "day")),
        ("A 40-hour week. Salary €4,500 - €5,200 per month", (4_500, 5_200, "EUR", "month")),
        ("Monthly pay: €4,500 - €5,200. Annual review.", (4_500, 5_200, "EUR", "month")),
        ("Salary: €70,000 - €85,000, monthly paid", (70_000, 85_000, "EUR", "year")),
    ],
)
def test_period_of_pay(analyzer: Analyzer, line: str, salary: tuple) -> None:
    found = analyzer.job(f"Engineer\n\nRequirements\n- Python\n\n{line}\n").profile.facts.salary
    assert found is not None
    assert (found.minimum, found.maximum, found.currency, found.period) == salary


@pytest.mark.parametrize(
    ("lines", "salary"),
    [
        ("Salary $140k-$170k\n\nOur customers process $1,000,000 - $5,000,000 daily.", (140_000, 170_000)),
        ("Salary $140k-$170k\n\nTransactions of $150,000 - $250,000 go through us", (140_000, 170_000)),
        ("Salary £60,000 - £70,000\n\nRelocation support £3,000 - £5,000", (60_000, 70_000)),
        ("£60,000 - £70,000 / Relocation support £3,000 - £5,000", (60_000, 70_000)),
        ("Salary: $140,000 - $170,000 / Sign-on: $10,000 - $20,000", (140_000, 170_000)),
        ("Salary: $140,000 - $170,000\n\nSign-on: $10,000 - $20,000", (140_000, 170_000)),
        (
            "Base salary: $140,000 - $170,000. Annual refresh RSU grant: $20,000 - $60,000.",
            (140_000, 170_000),
        ),
        ("Base: $140,000 - $170,000. RSU grant: $120,000 - $160,000.", (140_000, 170_000)),
        ("Base: $140,000 - $170,000, plus equity.\n\nRSUs: $120,000 - $160,000", (140_000, 170_000)),
        ("Base: $140,000 - $170,000 and a bonus\n\nBonus: $110,000 - $130,000", (140_000, 170_000)),
        ("Base: $100,000 - $120,000, on-target earnings: $150,000 - $190,000", (100_000, 120_000)),
        ("Base: $100,000 - $120,000 (total compensation $150,000 - $190,000)", (100_000, 120_000)),
        (
            "Base: $100,000 - $120,000\n\nOTE: Lima $150,000 - $190,000; Oslo $130,000 - $150,000",
            (100_000, 120_000),
        ),
        ("On-target earnings: $150,000 - $190,000, base: $100,000 - $120,000", (150_000, 190_000)),
        (
            "Junior: $80,000 - $100,000\n\nMid: $110,000 - $150,000\n\nSenior: $160,000 - $210,000",
            (80_000, 210_000),
        ),
    ],
)
def test_other_money_never_widens_pay(analyzer: Analyzer, lines: str, salary: tuple[int, int]) -> None:
    found = analyzer.job(f"Engineer\n\nRequirements\n- Python\n\n{lines}\n").profile.facts.salary
    assert found is not None
    assert (found.minimum, found.maximum, found.period) == (*salary, "year")


@pytest.mark.parametrize(
    ("lines", "salary"),
    [
        (
            "A: $180,000 – $230,000 base salary, plus equity\n\nB: $160,000 – $205,000 base salary, plus equity",
            (160_000, 230_000),
        ),
        (
            "SF: $180,000 - $220,000 base + bonus\n\nDenver: $150,000 - $190,000 base + bonuses",
            (150_000, 220_000),
        ),
        (
            "SF: $180,000 - $220,000 base + bonus; Denver: $150,000 - $190,000 base + bonus",
            (150_000, 220_000),
        ),
        ("A: $180,000 – $230,000, plus equity / B: $160,000 – $205,000, plus equity", (160_000, 230_000)),
        ("Oslo: $100,000 - $120,000\n\nStockholm: $90,000 - $110,000", (90_000, 120_000)),
        (
            "Total compensation in Oslo: $100,000 - $120,000\n\nTotal compensation in Rome: $90,000 - $110,000",
            (90_000, 120_000),
        ),
    ],
)
def test_what_is_said_of_every_range_does_not_part_them(
    analyzer: Analyzer, lines: str, salary: tuple[int, int]
) -> None:
    found = analyzer.job(f"Engineer\n\nRequirements\n- Python\n\n{lines}\n").profile.facts.salary
    assert found is not None
    assert (found.minimum, found.maximum) == salary
