"""Reports with a live preview; printing."""
