"""What the register holds of things that stand, as the plan of an import needs it: asked when the first row speaks of one."""

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property

from models.engine.record import Values
from models.ledger.kinds import Kinds, WorkKind
from models.records.catalogue import stored_names
from models.records.site import Site
from models.sites.kinds import load_kinds
from models.values.cleaning import normal_name

#: Which thing a row is about: its kind and its name.
Key = tuple[str, ...]


def key_of(site: Values) -> Key:
    """What two rows must share to be about the same thing."""
    return str(site.get("site_kind") or ""), normal_name(str(site.get("name") or ""))


@dataclass
class Sites:
    """Kinds and things by their keys, carried on row by row."""

    _kinds: Kinds | None = None

    @property
    def kinds(self) -> Kinds:
        """The kinds of the register, and those that rows of this import add."""
        if self._kinds is None:
            self._kinds = load_kinds()
        return self._kinds

    def add_kind(self, kind: WorkKind) -> None:
        """Take a kind into the picture that a row adds."""
        self._kinds = replace(self.kinds, kinds=(*self.kinds.kinds, kind))

    @cached_property
    def held(self) -> dict[str, Values]:
        """All things by uid."""
        fields = [Site._meta.fields[name] for name in ("uid", *stored_names(Site))]
        rows = Site.select(*fields).order_by(Site.id).dicts()
        return {row["uid"]: dict(row) for row in rows}  # type: ignore[index, call-overload]  # the stubs keep the model's type

    @cached_property
    def by_key(self) -> dict[Key, list[str]]:
        """The uids of the things with the same key."""
        found: dict[Key, list[str]] = defaultdict(list)
        for uid, site in self.held.items():
            found[key_of(site)].append(uid)
        return found

    def take(self, site: Values) -> None:
        """Take a thing into the picture that a row creates."""
        self.held[site["uid"]] = site
        alike = self.by_key.setdefault(key_of(site), [])
        if site["uid"] not in alike:  # the first look at the keys has found it among those held
            alike.append(site["uid"])
