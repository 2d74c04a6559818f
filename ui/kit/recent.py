"""The records that were opened last since the program was started: kept in memory alone, names of people go into no file."""

#: So many are remembered.
MOST = 12


class Recent:
    """(kind of record, uid), the newest first."""

    def __init__(self) -> None:
        """Nothing was opened yet."""
        self.records: list[tuple[str, str]] = []

    def note(self, kind: str, uid: str) -> None:
        """A record was opened."""
        self.records = [(kind, uid), *(each for each in self.records if each != (kind, uid))][:MOST]
