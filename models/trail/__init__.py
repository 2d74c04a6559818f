"""The trail (操作留痕): who opened the register, saw full numbers, printed, exported, backed up, restored."""
