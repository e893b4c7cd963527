"""Frozen, slotted dataclasses that are cheap to define.

Every start of the program defines some ninety of them. `@dataclass(frozen=True, slots=True)` writes and compiles six methods
for each class, which takes 0.4 ms on Python 3.11. Records share theirs, which takes a tenth of that and saves a fifth of a
warm score (`tests/benchmarks/start.py`); making a record takes as long as before. To a type checker, to `dataclasses.fields` and
`replace`, and to pydantic a record is a dataclass.
"""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from typing import TYPE_CHECKING, Any

__all__ = ["record"]

if TYPE_CHECKING:
    from dataclasses import dataclass as record
else:
    from dataclasses import MISSING, Field, dataclass, fields, is_dataclass

    def record(*, frozen: bool, slots: bool, **options: object) -> Any:
        """As `dataclasses.dataclass(frozen=True, slots=True)`, and nothing more.

        Raises TypeError, when the class is defined, for what records do not support: other options, fields that are inherited
        from another dataclass, `field(…)` with `init`, `repr`, `hash` or `compare`, and an `__eq__`, `__hash__`, `__repr__` or
        `__init__` of the class.
        """
        if options or not frozen or not slots:
            raise TypeError("a record is frozen and slotted, and has no other options")

        def define(cls: type) -> type:
            _check_class(cls)
            cls.__eq__, cls.__hash__, cls.__repr__ = _equal, _hash, _shown
            made = dataclass(slots=True, eq=False, repr=False, init=False)(cls)
            for each in fields(made):
                _check_field(made, each)
            made.__init__, made.__setattr__, made.__delattr__ = _initialiser(made), _refuse, _refuse
            made.__getstate__, made.__setstate__ = _values, _restore
            return made

        return define

    def _check_class(cls: type) -> None:
        inherited = [base.__name__ for base in cls.__mro__[1:] if is_dataclass(base)]
        if inherited:
            raise TypeError(f"{cls.__name__}: a record cannot inherit the fields of {inherited[0]}")
        own = [name for name in ("__eq__", "__hash__", "__repr__", "__init__") if name in vars(cls)]
        if own:
            raise TypeError(f"{cls.__name__}: a record cannot have {own[0]} of its own")

    def _check_field(cls: type, each: Field[Any]) -> None:
        usual = each.init and each.repr and each.hash is None and each.compare
        if not usual:
            raise TypeError(
                f"{cls.__name__}.{each.name}: a record's field cannot have init, repr, hash or compare of its own"
            )

    def _initialiser(cls: type) -> Any:
        """An `__init__` that sets the slots of a class from positional and named arguments, defaults and factories."""
        slots = [(each, getattr(cls, each.name).__set__) for each in fields(cls)]
        most = sum(not each.kw_only for each, _ in slots)
        check = getattr(cls, "__post_init__", None)

        def __init__(self: Any, *values: Any, **named: Any) -> None:
            if len(values) > most:
                raise TypeError(f"{cls.__name__} takes {most} positional arguments, not {len(values)}")
            for (_, put), value in zip(slots, values, strict=False):
                put(self, value)
            for each, put in slots[len(values) :]:
                if each.name in named:
                    put(self, named.pop(each.name))
                elif each.default is not MISSING:
                    put(self, each.default)
                elif each.default_factory is not MISSING:
                    put(self, each.default_factory())
                else:
                    raise TypeError(f"{cls.__name__} lacks the argument {each.name!r}")
            if named:
                raise TypeError(f"{cls.__name__} has no argument {next(iter(named))!r} left to set")
            if check:
                check(self)

        return __init__


def _refuse(self: Any, name: str, value: object = None) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _values(self: Any) -> tuple[Any, ...]:
    return tuple(getattr(self, name) for name in self.__slots__)


def _restore(self: Any, values: tuple[Any, ...]) -> None:
    """Fill a record that `copy` or `pickle` made."""
    for name, value in zip(self.__slots__, values, strict=True):
        object.__setattr__(self, name, value)


def _equal(self: Any, other: object) -> bool:
    return _values(self) == _values(other) if other.__class__ is self.__class__ else NotImplemented


def _hash(self: Any) -> int:
    return hash(_values(self))


def _shown(self: Any) -> str:
    shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__slots__)
    return f"{type(self).__name__}({shown})"
