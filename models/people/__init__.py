"""People's rights over what the register holds of them: to see it, to have it put right, to have it erased in time."""
