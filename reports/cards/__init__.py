"""Cards and labels: sheets of them by a layout, whom they are about, where this laptop's printer prints."""
