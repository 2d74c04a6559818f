"""What every page is made of: look, tables, lists, editors, waiting, telling; knows no page."""
