"""Handing up (上报): sheets in the shape that another office's importer asks for, what was handed up, what came back."""
