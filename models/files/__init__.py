"""Files on the disk: replaced whole, kept to their owner, and what to say when that fails."""
