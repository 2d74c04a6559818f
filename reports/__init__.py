"""What we hand out: reports as plain data, on paper and as sheets. Knows the models, neither importers nor window."""
