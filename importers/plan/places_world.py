"""What the register holds of places, as the plan of an import needs it: asked when the first row speaks of one."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from models.engine.record import Values
from models.records.catalogue import stored_names
from models.records.region import Region
from models.values.region_index import SEPARATOR, RegionIndex, normal


@dataclass
class Places:
    """Regions by uid, and those that rows of this import add below their parents, by their names."""

    added: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))

    @cached_property
    def held(self) -> dict[str, Values]:
        """All regions by uid, as they are stored."""
        fields = [Region._meta.fields[name] for name in ("uid", *stored_names(Region))]
        rows = Region.select(*fields).order_by(Region.id).dicts()
        return {row["uid"]: dict(row) for row in rows}  # type: ignore[index, call-overload]  # the stubs keep the model's type

    def below(self, name: str, level: str, parent: str, index: RegionIndex) -> str | None:
        """The place of this level called so, directly in ``parent`` or somewhere below it; None when there is none."""
        wanted = normal(name)
        if (known := self.added[parent].get(wanted)) is not None:
            return known
        for uid in sorted(index.below(parent)):
            place = self.held[uid]
            called = (str(place["name"]), *str(place.get("aliases") or "").split(SEPARATOR))
            if place["level"] == level and wanted in map(normal, called):
                return uid
        return None

    def take(self, place: Values, parent: str) -> None:
        """Take a place into the picture that a row adds below ``parent``."""
        self.held[place["uid"]] = place
        self.added[parent][normal(str(place["name"]))] = str(place["uid"])
