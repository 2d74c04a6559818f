"""What a terminal sees: one short module per group of verbs, beside the window and without Qt."""
