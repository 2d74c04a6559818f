"""Settings of the laptop and of the register."""
