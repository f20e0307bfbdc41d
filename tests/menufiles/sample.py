"""A small edition that has every kind of measure, and the means to spoil it."""

from collections.abc import Mapping
from pathlib import Path

MENU = """
code = "sample"
edition = "1"
title = "Sample menu"
status = "draft"
price_base = "2024"
in_force_from = 2026-04-01
owner = "Community team"

[deflator]
title = "GDP deflator"
source = "hmt"
[deflator.index]
"2012-13" = 72.317
"2022" = 90.5
"2024" = 100.0000

[[source]]
key = "hmt"
title = "GDP deflators"
publisher = "HM Treasury"
year = "2025"
licence = "OGL v3.0"
address = "https://www.gov.uk/"
read_on = 2026-03-01

[[source]]
key = "ucd"
title = "Unit Cost Database"
publisher = "GMCA"
year = "2015"
licence = "CC BY 4.0"
address = "https://www.greatermanchester-ca.gov.uk/ucd"
read_on = 2026-03-01
attribution = "Contains values from the Unit Cost Database."

[[exclusion_group]]
code = "one-person"
title = "The same person"
severity = "declare"
same = "person"
measures = ["J01", "J02"]
reason = "One move into work is one gain."
"""

JOBS = """
[theme]
number = 1
title = "Fair work"

[[outcome]]
code = "1a"
title = "Good local jobs"

[[outcome.measure]]
code = "J01"
title = "Resident into work"
description = "A resident starts a job."
unit = "fte_jobs"
plain_one = "full-time job for a resident"
plain_many = "full-time jobs for residents"
counts = "first_12_months"
employment_outcome = 1
count = ["A job of 12 months."]
evidence = ["Payroll record."]
review_due = 2027-03-31
[outcome.measure.proxy]
value = 14_610
price_base = "2012-13"
low = 10_000
high = 20_000.50
source = "ucd"
derivation = "Earnings of £14,044 plus £566."
confidence = "high"

[[outcome.measure]]
code = "J02"
title = "Accredited employer"
description = "The supplier is accredited."
unit = "yes_no"
plain_one = "accredited employer"
plain_many = "accredited employers"
counts = "once"
count = ["Accreditation."]
evidence = ["The certificate."]
"""

PLANET = """
[theme]
number = 2
title = "Planet"

[[outcome]]
code = "2a"
title = "Net zero"

[[outcome.measure]]
code = "G01"
title = "Carbon saved"
description = "Carbon that is not emitted."
unit = "tonnes"
plain_one = "tonne of carbon"
plain_many = "tonnes of carbon"
counts = "each_year"
count = ["Tonnes saved."]
evidence = ["Meter readings."]
[outcome.measure.proxy]
price_base = "2022"
source = "hmt"
derivation = "The central series."
confidence = "medium"
[[outcome.measure.proxy.dated]]
year = 2027
value = 281.43
[[outcome.measure.proxy.dated]]
year = 2026
value = 277.22
low = 138.61
high = 415.83

[[outcome.measure]]
code = "V01"
title = "Cash given"
description = "Cash given to a local group."
unit = "pounds"
real_pounds = true
plain_one = "pound given"
plain_many = "pounds given"
counts = "each_year"
count = ["Cash."]
evidence = ["Bank record."]
[outcome.measure.proxy]
value = 1
price_base = "any"
source = "hmt"
derivation = "Face value."
confidence = "high"
"""

EXAMPLES = """
[[example]]
name = "One resident"
working = "1 × 20,202.72"
contract = { value = "1000000.00", start = 2026-04-01, years = 1 }
commitments = [ { measure = "J01", quantities = ["1"] } ]
social_value = "20202.72"
real_pounds = "0.00"
employment_outcomes = "1"
"""

AREA = """
code = "barnet"
title = "London Borough of Barnet"
borough_code = "E09000003"
source = { title = "Wards", publisher = "ONS", year = "2022", licence = "OGL v3.0", address = "https://example.org" }
[[ward]]
code = "E05013628"
name = "Barnet Vale"
[[ward]]
code = "E05013629"
name = "Brunswick Park"
"""

POLICY = """
code = "barnet"
title = "Policy of October 2023"
[[rule]]
code = "scope"
kind = "scope"
title = "In scope"
in_force_from = 2023-10-18
threshold = 25_000.00
source = { title = "Social value", publisher = "Barnet Council", year = "2023", address = "https://example.org" }
[[rule]]
code = "minimum"
kind = "minimum_share"
title = "5% minimum"
in_force_from = 2023-10-18
in_force_until = 2027-03-31
threshold = 214_904.00
share = 0.05
counted_in = "social_value"
source = { title = "Social value", publisher = "Barnet Council" }
[[rule]]
code = "employment"
kind = "employment_outcomes"
title = "Employment outcomes"
in_force_from = 2023-10-18
per = 1_000_000.00
outcomes = 1
rounding = "down"
threshold = 0.00
source = { title = "Social value", publisher = "Barnet Council", licence = "Quoted as a fact" }
[[national_living_wage]]
in_force_from = 2026-04-01
hourly = 12.71
source = { title = "Rates", publisher = "UK Government" }
"""


def sample_texts(*changes: tuple[str, str]) -> dict[str, str]:
    """The files of the edition, each change made in every file that has its first text (at least one must)."""
    texts = {"menu.toml": MENU, "theme-1-jobs.toml": JOBS, "theme-2-planet.toml": PLANET}
    for old, new in changes:
        assert any(old in text for text in texts.values()), old
        texts = {name: text.replace(old, new) for name, text in texts.items()}
    return texts


def write_edition(folder: Path, texts: Mapping[str, str] | None = None, *, examples: str = EXAMPLES) -> Path:
    """The edition in a folder."""
    folder.mkdir(parents=True)
    for name, text in (texts or sample_texts()).items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    if examples:
        (folder / "examples.toml").write_text(examples, encoding="utf-8", newline="\n")
    return folder


def write_menus(root: Path) -> Path:
    """A menus folder with the edition, an area and a policy."""
    write_edition(root / "sample" / "1")
    for kind, text in (("areas", AREA), ("policies", POLICY)):
        (root / kind).mkdir()
        (root / kind / "barnet.toml").write_text(text, encoding="utf-8")
    return root
