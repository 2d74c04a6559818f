"""Invented workbooks in the shapes that organizers really get, and the script that makes them."""
