"""The one writer and its append-only log: history, the way back, what a person did, what the register was taught."""
