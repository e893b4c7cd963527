"""What one can ask of a licence, each question once, answered in three values: yes, no, or not known.

Every function takes `None` for a licence that is not known; the answer is then unknown. A licence of the class `unknown` leaves
every question open too. Where no licence is stated, nothing is granted and every restriction holds.
"""

from __future__ import annotations

from collections.abc import Collection

from openness.core import kleene
from openness.core.finding import Finding, Status
from openness.core.kleene import Truth
from openness.core.licence import NONE_STATED, Licence, LicenceClass, Term

RESTRICTED = frozenset(
    {
        LicenceClass.USE_RESTRICTED,
        LicenceClass.THRESHOLD_RESTRICTED,
        LicenceClass.NON_COMMERCIAL,
        LicenceClass.RESEARCH_ONLY,
        LicenceClass.NONE_STATED,
    }
)
"""Classes whose rule contradicts the Open Source Definition and the Free Software Definition, whether or not OSI or the FSF has
looked at the licence (https://opensource.org/osd, https://www.gnu.org/philosophy/free-sw.html)."""
PERMISSIONS = frozenset({"commercial-use", "redistribution", "adaptation", "outputs-may-train-others"})
"""Terms whose value says whether something is allowed. A licence that says "no" to one of them has that term."""


def in_force(finding: Finding | None) -> Licence | None:
    """The licence that a finding on `licence` establishes.

    None where it is not known: nobody looked, the finding is `unknown` (whatever licence it suspects), or it names no licence.
    """
    if finding is None or finding.status is Status.UNKNOWN:
        return None
    return NONE_STATED if finding.status is Status.SILENT else finding.licence


def stated(licence: Licence | None) -> Truth:
    """Whether a licence is stated at all."""
    return kleene.of(None if licence is None else licence.licence_class is not LicenceClass.NONE_STATED)


def of_class(licence: Licence | None, classes: Collection[str]) -> Truth:
    """Whether its class is one of `classes`. The class `unknown` can be asked for by name."""
    if licence is None or (licence.licence_class is LicenceClass.UNKNOWN and LicenceClass.UNKNOWN not in classes):
        return Truth.UNKNOWN
    return kleene.of(licence.licence_class in classes)


def osi_approved(licence: Licence | None) -> Truth:
    """Whether the Open Source Initiative approved it, or, for a class that contradicts its definition, could."""
    return Truth.UNKNOWN if licence is None else _listed(licence, licence.osi)


def fsf_libre(licence: Licence | None) -> Truth:
    """Whether the Free Software Foundation calls it free, or, for a class that contradicts its definition, could."""
    return Truth.UNKNOWN if licence is None else _listed(licence, licence.fsf)


def _listed(licence: Licence, flag: bool | None) -> Truth:
    return kleene.of(False if licence.licence_class in RESTRICTED else flag)


def identified_as(licence: Licence | None, identifiers: Collection[str]) -> Truth:
    """Whether it is one of the licences with these SPDX identifiers (or ids of the register, where SPDX has none)."""
    if licence is None or licence.licence_class is LicenceClass.UNKNOWN:
        return Truth.UNKNOWN
    return kleene.of((licence.spdx or licence.id) in identifiers)


def among(licence: Licence | None, names: Collection[str]) -> Truth:
    """Whether one of `names`, in any case of letters, is its id, its SPDX identifier or its class."""
    if licence is None or licence.licence_class is LicenceClass.UNKNOWN:
        return Truth.UNKNOWN
    own = {licence.id.lower(), (licence.spdx or "").lower(), licence.licence_class.value}
    return kleene.of(any(name.lower() in own for name in names))


def spelled_as_spdx(licence: Licence | None) -> Truth:
    """Whether the words that named it are its SPDX identifier, letter for letter."""
    return kleene.of(None if licence is None else licence.spdx is not None and licence.stated in ("", licence.spdx))


def term(licence: Licence | None, name: str) -> Term | None:
    """What it says of a term, with the clause; None where it says nothing, or nothing that could be read."""
    found = licence.terms.get(name) if licence else None
    return None if found is None or found.value == "unknown" else found


def says(licence: Licence | None, name: str, values: Collection[str]) -> Truth:
    """Whether what it says of a term is one of `values`. A licence that is silent on the term leaves this open."""
    if stated(licence) is not Truth.TRUE:
        return stated(licence)
    found = term(licence, name)
    return kleene.of(None if found is None else found.value in values)


def has(licence: Licence | None, name: str) -> Truth:
    """Whether a term is in it. A licence whose terms were read and do not name the term does not have it.

    A duty or restriction of the value `no` is not in it; `no, but …` names one that is. A permission that it refuses is in it.
    Where no licence is stated every restriction holds.
    """
    if licence is None or stated(licence) is not Truth.TRUE:
        return kleene.negated(stated(licence))
    if not licence.terms or licence.licence_class is LicenceClass.UNKNOWN:
        return Truth.UNKNOWN
    if name not in licence.terms:
        return Truth.FALSE
    found = term(licence, name)
    return kleene.of(None if found is None else name in PERMISSIONS or not _refused(found.value))


def _refused(value: str) -> bool:
    """Whether a value begins with the word "no" and makes no exception."""
    return value == "no" or (value.startswith(("no ", "no:", "no;", "no,")) and not value.startswith("no, but"))
