"""What a person sees: the window. It calls models, importers and reports; it decides no rule and knows no SQL."""
