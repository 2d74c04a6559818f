"""What held on a day: counts, coverage, memberships, terms, the facts of the drive."""
