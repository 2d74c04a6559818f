"""The window around the pages: the door, the bars, the search box, keys, help, locking and leaving."""
