"""What is written beside a network: the sidecar that says how to run it, and the card that says how far to trust it.

Both are one JSON file whose keys are the fields' names; keys that are unknown here are kept. Whoever runs a network
reads the sidecar, where all must fit. Whoever shows a card reads what there is: what does not fit counts as not told.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal, Self

import numpy as np
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    field_validator,
    model_validator,
)

from fer_desktop.core.expressions import EXPRESSIONS, N_EXPRESSIONS
from fer_desktop.core.types import SharesRule

FER_2013: Final = "FER-2013"  # what `trained_on` says
Share = Annotated[float, Field(ge=0.0, le=1.0)]


class SidecarInput(BaseModel):
    """How a network sees faces."""

    model_config = ConfigDict(frozen=True, extra="allow", allow_inf_nan=False)

    channels: Literal[1, 3]  # grey, RGB
    value_range: tuple[float, float] = (0.0, 255.0)  # what black and white are to it; (0, 255) where it takes uint8


class ClassShares(BaseModel):
    """How answers of one output become shares of a class, as `evaluate-class --choose` found it."""

    model_config = ConfigDict(frozen=True, extra="allow", allow_inf_nan=False)

    usual: dict[str, Annotated[float, Field(gt=0.0, le=1.0)]]  # by expression: the mix that answers take for usual
    weight: Annotated[float, Field(ge=0.0)]
    common: Annotated[float, Field(ge=0.0)]
    common_unclear: Annotated[float, Field(ge=0.0)]
    recipe: str = ""  # how they were chosen

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if sorted(self.usual) != sorted(EXPRESSIONS):
            raise ValueError("a usual share for each expression")
        return self

    @property
    def rule(self) -> SharesRule:
        """The same as the readings use it."""
        usual = np.array([self.usual[name] for name in EXPRESSIONS], np.float32)
        return SharesRule(usual / usual.sum(), self.weight, self.common, self.common_unclear)


class Sidecar(BaseModel):
    """The contract of one network file. What does not fit raises pydantic's ValidationError, a ValueError."""

    model_config = ConfigDict(frozen=True, extra="allow")

    classes: tuple[str, ...]  # the network's own order of the seven
    input: SidecarInput
    outputs: tuple[str, ...] = ()  # of seven probabilities each, the one in use by default first; empty: the only one
    class_shares: dict[str, ClassShares] = {}  # by output; one that is not there has means for shares

    @model_validator(mode="after")
    def _fits(self) -> Self:
        low, high = self.input.value_range
        if sorted(self.classes) != sorted(EXPRESSIONS) or low >= high:
            raise ValueError("each expression once, and black below white")
        return self

    def shares_rule(self, output: str = "") -> SharesRule:
        """How answers of an output become shares of a class; empty: the output in use by default."""
        found = self.class_shares.get(output or next(iter(self.outputs), ""))
        return found.rule if found else SharesRule()


class _Told(BaseModel):
    """A part of a card: each value that does not fit is its default, as if it were not there."""

    model_config = ConfigDict(frozen=True, strict=True, extra="allow", allow_inf_nan=False, populate_by_name=True)

    @model_validator(mode="before")
    @classmethod
    def _nothing_where_it_is_no_object(cls, value: Any) -> Any:
        return value if isinstance(value, Mapping | cls) else {}

    @field_validator("*", mode="wrap")
    @classmethod
    def _untold_where_it_does_not_fit(
        cls, value: Any, handler: ValidatorFunctionWrapHandler, info: ValidationInfo
    ) -> Any:
        try:
            return handler(value)
        except ValidationError:
            return cls.model_fields[str(info.field_name)].get_default(call_default_factory=True)


_Seven = Field(min_length=N_EXPRESSIONS, max_length=N_EXPRESSIONS)
Confusion = Annotated[list[Annotated[list[Annotated[int, Field(ge=0)]], _Seven]], _Seven]


class CardInput(_Told):
    """How the network sees faces, as far as it is told."""

    side_px: int | None = None
    channels: int | None = None
    value_range: list[int | float] = []


class FileFacts(_Told):
    """A file of the network."""

    sha256: str = ""
    bytes: int = 0


class Measured(_Told):
    """The file that figures are of."""

    file: str = ""
    sha256: str = ""


class ClassFigures(_Told):
    """How well one expression is told from the others."""

    n: int | None = None
    precision: Share | None = None
    recall: Share | None = None
    f1: Share | None = None


class OutputShares(_Told):
    """The share of right answers of each output on faces of one kind."""

    words: str = ""  # what kind
    crowd: Share | None = None
    fer2013: Share | None = None


class ConfidenceBin(_Told):
    """The answers whose probability lies in one range."""

    low: Share = Field(default=0.0, alias="from")
    high: Share = Field(default=1.0, alias="to")
    n: int = 0
    said: Share | None = None  # mean probability
    right: Share | None = None


class CrowdOnLabels(_Told):
    """The output `crowd` held against the original labels."""

    accuracy: Share | None = None
    ece: Share | None = None
    confusion: Confusion | None = None


class SplitFigures(_Told):
    """What was measured on one set of faces: with the prefix against FER+'s votes, without against the labels."""

    n: int | None = None
    accuracy: Share | None = None
    accuracy_distinct: Share | None = None
    macro_f1: Share | None = None
    ece: Share | None = None
    confusion: Confusion | None = None  # rows by label, columns by answer
    ferplus_n: int | None = None
    ferplus_agreement: Share | None = None
    ferplus_agreement_distinct: Share | None = None
    ferplus_macro_f1: Share | None = None
    ferplus_ece: Share | None = None
    ferplus_confusion: Confusion | None = None
    crowd_on_labels: CrowdOnLabels = CrowdOnLabels()
    crowd_against: str = "plurality"  # or "labels", where there are no votes
    by_class: dict[str, dict[str, ClassFigures]] = {}  # by output, by expression
    by_height: dict[str, OutputShares] = {}  # by px
    by_condition: dict[str, OutputShares] = {}
    by_confidence: list[ConfidenceBin] = []
    command: str = ""  # that measured it
    measured: Measured = Measured()


class CardContent(_Told):
    """All that a card tells."""

    classes: list[str] = []
    input: CardInput = CardInput()
    outputs: list[str] = []
    temperature: dict[str, float] = {}  # by output
    chance_taken_off: dict[str, Share] = {}  # by output
    class_shares: dict[str, ClassShares] = {}  # by output
    recipe: dict[str, Any] = {}  # of the training, in its own words
    parameters: int | None = None
    trained_on: str | None = None
    figures: dict[str, SplitFigures] = {}  # by split
    sha256: str = ""
    bytes: int | None = None
    files: dict[str, FileFacts] = {}  # by name
    data: list[str] | None = None  # this and the rest: sentences
    licence: list[str] | None = None
    known_biases: list[str] | None = None
    not_for: list[str] | None = None

    @property
    def is_of_fer_2013(self) -> bool:
        """Whether it learnt from FER-2013; a card of before there was `trained_on` has a recipe only if it did."""
        return bool(self.recipe) if self.trained_on is None else self.trained_on == FER_2013
