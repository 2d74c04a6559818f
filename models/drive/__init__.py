"""The drive to found unions: who is on the list, the cases, their stages, visits, papers, sources."""
