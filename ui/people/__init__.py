"""People's rights in the window: what is held of somebody as a paper, putting it right, erasing it, and when it is due."""
